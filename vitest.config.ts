import { configDefaults, type TestProjectConfiguration, type ViteUserConfig } from 'vitest/config';

/** These put virtual time in the place of the process's own, or start processes: each has one to itself. */
const ALONE = ['test/cli', 'test/harness', 'test/package', 'test/quality/{adapters,readme,replay,your-queue}'].map(
  (place) => `${place}{/**,}*.test.ts`,
);

/** Of the others those in one process find what was loaded and compiled for those before: a third of all the work. */
const projects: TestProjectConfiguration[] = [
  { extends: true, test: { name: 'alone', include: ALONE } },
  {
    extends: true,
    test: {
      name: 'together',
      include: ['test/**/*.test.ts'],
      exclude: [...configDefaults.exclude, ...ALONE],
      isolate: false,
    },
  },
];

const config: ViteUserConfig = {
  test: {
    projects,
    // Processes, not threads: tests watch process-level errors and keep-alive.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    allowOnly: false,
    coverage: {
      provider: 'v8',
      include: ['src/core/**', 'src/model/**'],
      reporter: ['text', 'json-summary'],
      thresholds: { lines: 97, branches: 97 },
    },
  },
};

export default config;
