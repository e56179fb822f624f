import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const lookMs = 500;
/** Of the time between two looks. */
const idleShare = 0.05;
/** What a start left is not worth a pause any more once there has been so much else. */
const mostLooks = 60;

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/**
 * A start leaves a third of a thread's heap behind: a young generation that grew, modules that ran once. V8 gives it back
 * when there is need for memory, which an idle thread never has. So it is asked to, once, as soon as this thread has
 * nothing to do; a thread that is busy from the start is left alone.
 */
export function collectWhenIdle(): void {
  let looks = 0;
  let last = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    looks += 1;
    if (utilization <= idleShare) collect();
    if (utilization <= idleShare || looks === mostLooks) clearInterval(timer);
  }, lookMs);
  timer.unref();
}

function collect(): void {
  // The flag is the process's, and stays: another thread may be about to look for the function that it makes.
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as Collect;
  gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
