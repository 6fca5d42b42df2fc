/**
 * The versions of Node that `engines` allows: the tests pass on each, and a campaign says the same on all of them, byte by
 * byte. Fetches those versions from the npm registry: npm run test:nodes, or npm run test:nodes -- 20.20.0 26.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';

const asked = process.argv.slice(2);
const versions = asked.length > 0 ? asked : ['20', '22', '24'];

/** Runs a program under a version of Node, which is also the `node` that the program itself finds. */
function under(version, args) {
  return spawnSync('npx', ['--yes', '--package', `node@${version}`, 'node', ...args], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    maxBuffer: 2 ** 28,
  });
}

function lastLines({ stdout, stderr }) {
  return `${stdout}\n${stderr}`.trimEnd().split('\n').slice(-40).join('\n');
}

function broken(report) {
  const rules = Object.entries(JSON.parse(report).rules).filter(([, { status }]) => status !== 'holds');
  return rules.map(([name, { status }]) => `  ${name}: ${status}`).join('\n');
}

let isClean = true;
const campaigns = new Set();
for (const version of versions) {
  const node = under(version, ['--version']);
  if (node.status !== 0) {
    console.log(`✗ node@${version} cannot be had:\n${lastLines(node)}`);
    isClean = false;
    continue;
  }
  const tests = under(version, ['node_modules/vitest/vitest.mjs', 'run']);
  const campaign = under(version, ['dist/src/cli/main.js', 'verify', '--json']);
  campaigns.add(campaign.stdout);
  const digest = createHash('sha256').update(campaign.stdout).digest('hex').slice(0, 16);
  const [count] = /Tests .*$/m.exec(tests.stdout) ?? ['no tests'];
  const isGood = tests.status === 0 && campaign.status === 0;
  console.log(`${isGood ? '✓' : '✗'} ${node.stdout.trim()}  ${count}  campaign ${digest}`);
  if (tests.status !== 0) console.log(lastLines(tests));
  if (campaign.status !== 0) console.log(campaign.stdout === '' ? lastLines(campaign) : broken(campaign.stdout));
  isClean &&= isGood;
}
if (campaigns.size > 1) console.log('✗ the campaigns differ');
process.exitCode = isClean && campaigns.size <= 1 ? 0 : 1;
