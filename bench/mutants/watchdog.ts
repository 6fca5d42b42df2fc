/**
 * Ends the process when its main thread makes no headway: a thread of its own, since a mutant may never give the event
 * loop back. It goes by the time that the process has computed, not by the time that has passed: a busy machine is no
 * reason to give a mutant up.
 */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';

/** One run takes a tenth of a second where it takes long. */
const MOST_COMPUTED_MS = 10_000;
const LOOK_EVERY_MS = 250;

/** Starts the watchdog; the function that it returns is called after each run. */
export function watchdog(): () => void {
  const runs = new Int32Array(new SharedArrayBuffer(4));
  new Worker(fileURLToPath(import.meta.url), { workerData: runs }).unref();
  return () => void (runs[0]! += 1);
}

function watch(runs: Int32Array): void {
  let [seen, since] = [-1, 0];
  setInterval(() => {
    const { user, system } = process.cpuUsage();
    const computedMs = (user + system) / 1_000;
    if (runs[0] !== seen) [seen, since] = [runs[0]!, computedMs];
    else if (computedMs - since > MOST_COMPUTED_MS) process.kill(process.pid, 'SIGKILL');
  }, LOOK_EVERY_MS);
}

if (parentPort !== null) watch(workerData as Int32Array);
