import type { Bench } from 'tinybench';
import { Metrics } from '../../engine/node/metrics.ts';

const produce = 0;
const fetch = 1;
/** One call is too short to be timed by itself. */
const perRun = 1000;

/** All that is counted of a request, a thousand times; beside it as many looks at the clock and atomic additions. */
export function register(bench: Bench): void {
  const metrics = new Metrics(Metrics.allocate(), () => true);
  const words = new Int32Array(new SharedArrayBuffer(64));
  const repeat = (name: string, run: (n: number) => void): void => {
    bench.add(`${perRun} times: ${name}`, () => {
      for (let n = 0; n < perRun; n++) run(n);
    });
  };
  repeat('a Produce of one batch', (n) => {
    metrics.countRequest(produce, 9);
    metrics.countAppended(n & 7, 1, 100, 1);
    metrics.countProduce(n & 7, 1, false);
    metrics.countError(produce, 0);
    metrics.countTimes(produce, 0.05 + (n & 255) / 100, 0);
  });
  repeat('a Fetch of one partition', (n) => {
    metrics.countRequest(fetch, 9);
    metrics.countFetchOf(false, 9);
    metrics.countFetch(n & 7, 1, 1000, false);
    metrics.countError(fetch, 0);
    metrics.countTimes(fetch, 0.05 + (n & 255) / 100, 0);
  });
  repeat('Atomics.add', (n) => {
    Atomics.add(words, 0, n & 7);
  });
  repeat('performance.now', () => {
    performance.now();
  });
}
