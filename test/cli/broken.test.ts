import { expect, it } from 'vitest';
import { fileName } from '../../src/cli/broken.ts';

it.each([
  ['p-limit', 'p-limit.order'],
  ['@scope/queue 2.0', '@scope-queue-2.0.order'],
  ['../../etc', '..-..-etc.order'],
  ['очередь', 'очередь.order'],
  ['行列', '行列.order'],
])('A file of %s has a name of its own, that can stand anywhere.', (subject, name) => {
  expect(fileName({ subject, rule: 'order' })).toBe(name);
});
