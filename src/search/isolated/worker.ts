/** The thread in which a queue that nobody knows is put to the test: it may never come back from a call. */
import { parentPort, workerData } from 'node:worker_threads';
import { drive, GlobalClock, usualSetup, type Adapter, type Program, type RuleName } from '../../oracle/index.ts';
import { campaign, type Progress } from '../campaign.ts';
import { exhaustive } from '../exhaustive.ts';
import { FlightRecorder } from './flight-recorder.ts';
import type { Answer, Request } from './thread.ts';

const { module, memory } = workerData as { module: string; memory: SharedArrayBuffer };
const recorder = new FlightRecorder(memory);
const port = parentPort!;

// Virtual time first: what the queue takes from the globals as it is loaded is virtual then.
const clock = GlobalClock.isAvailable ? GlobalClock.install() : undefined;
const { default: loaded } = (await import(module)) as { default: Adapter };
if (loaded.time !== 'globals') clock?.uninstall();
const adapter: Adapter = {
  ...loaded,
  onCommand: (program: Program, place: number) => recorder.note(program, place),
};

let stop = new AbortController();

port.on('message', (request: Request) => {
  if (request.kind === 'stop') return stop.abort();
  void answer(request).then((it) => port.postMessage(it));
});
port.postMessage({ kind: 'ready', name: adapter.name, contract: adapter.contract } satisfies Answer);

/** What a recorded setup lacks has its usual value, as in any replay. */
function usual({ setup, commands }: Program): Program {
  return { setup: { ...usualSetup(adapter.contract), ...setup }, commands };
}

function onProgress(progress: Progress): void {
  port.postMessage({ kind: 'progress', progress } satisfies Answer);
}

function onBroken(rule: RuleName, commands: number): void {
  port.postMessage({ kind: 'broken', rule, commands } satisfies Answer);
}

async function answer(request: Exclude<Request, { kind: 'stop' }>): Promise<Answer> {
  stop = new AbortController();
  const watched = { onProgress, signal: stop.signal };
  switch (request.kind) {
    case 'campaign':
      return { kind: 'report', report: await campaign(adapter, { ...request.options, ...watched, onBroken }) };
    case 'exhaustive':
      return { kind: 'exhausted', found: await exhaustive(adapter, { ...request.options, ...watched }) };
    case 'contract':
      return { kind: 'ready', name: adapter.name, contract: adapter.contract };
    case 'run':
      await drive(adapter, usual(request.program), { epilogue: request.epilogue });
      return { kind: 'ran' };
  }
}
