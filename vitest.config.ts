import type { ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = {
  test: {
    include: ['test/**/*.test.ts'],
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
