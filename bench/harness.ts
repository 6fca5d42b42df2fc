/**
 * How fast the harness is: commands a second of a whole campaign (draw, drive, model, compare, epilogue), against bare
 * fast-check running as many asynchronous commands from the same alphabet, each of which does nothing but wait for one
 * turn of the event loop. The two take turns, so that a change of the machine's speed meets both.
 */
import fc from 'fast-check';
import reference from '../src/adapters/reference.ts';
import { expectShortLives } from '../src/cli/short-lived.ts';
import { alphabet } from '../src/oracle/index.ts';
import { campaign } from '../src/search/index.ts';

const REPEATS = 9;
const COMMANDS = 100_000;

class Bare implements fc.AsyncCommand<object, object> {
  readonly #count: () => void;

  constructor(count: () => void) {
    this.#count = count;
  }

  check(): boolean {
    return true;
  }

  run(): Promise<void> {
    this.#count();
    return new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

async function bareMicroseconds(seed: number): Promise<number> {
  let commands = 0;
  const count = (): void => void (commands += 1);
  const kinds = Object.values(alphabet(reference.contract)).filter((variants) => variants.length > 0);
  const arbitraries = kinds.map((variants) => fc.constantFrom(...variants).map(() => new Bare(count)));
  const property = fc.asyncProperty(fc.commands(arbitraries, { maxCommands: 250, size: 'max' }), async (sequence) => {
    fc.pre(commands < COMMANDS);
    await fc.asyncModelRun(() => ({ model: {}, real: {} }), sequence);
  });
  const start = performance.now();
  await fc.check(property, { seed, numRuns: COMMANDS, maxSkipsPerRun: 0 });
  return ((performance.now() - start) * 1_000) / commands;
}

async function harnessMicroseconds(seed: number): Promise<number> {
  const start = performance.now();
  const { commands } = await campaign(reference, { seed, budget: COMMANDS, exhaustiveTo: 0 });
  return ((performance.now() - start) * 1_000) / commands;
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.round(share * (sorted.length - 1))]!.toFixed(1);
  return `${at(0.5).padStart(7)} ${at(0).padStart(7)} ${at(1).padStart(7)}`;
}

expectShortLives();
const bare: number[] = [];
const harness: number[] = [];
await bareMicroseconds(0);
await harnessMicroseconds(0);
for (let repeat = 1; repeat <= REPEATS; repeat += 1) {
  // It is over eight times as soon: on both sides of the other, it meets the same changes of the machine's speed.
  const before = await bareMicroseconds(2 * repeat);
  harness.push(await harnessMicroseconds(repeat));
  bare.push((before + (await bareMicroseconds(2 * repeat + 1))) / 2);
}
console.log(`${REPEATS} repeats of ${COMMANDS} commands in turn, after a warm-up      median     min     max`);
console.log(`bare fast-check, microseconds a command                     ${spread(bare)}`);
console.log(`harness, microseconds a command                             ${spread(harness)}`);
console.log(`harness, thousand commands a second                         ${spread(harness.map((us) => 1_000 / us))}`);
console.log(
  `harness / bare, pair by pair                                ${spread(harness.map((us, i) => us / bare[i]!))}`,
);
