import { cellStart, countedApis, histogramCell, scalarCell } from './cell-layout.ts';
import type { Sums } from './recent.ts';

/** Numbers of the sums over all threads, for `Recent`: the histograms of each api, and what there is once. */
export const sumKey = {
  totalTimes: (apiKey: number): number => apiKey,
  queueTimes: (apiKey: number): number => countedApis + apiKey,
  flushTimes: 2 * countedApis,
  commitTimes: 2 * countedApis + 1,
  /** Busy and idle milliseconds of the shards. */
  loop: 2 * countedApis + 2,
} as const;

/** Adds the threads' histograms up. Those in which nothing was counted are left out. */
export function sumThreads(threads: readonly Float64Array[]): Sums {
  const sums = new Map<number, Float64Array>();
  const add = (key: number, start: number): void => {
    const sum = new Float64Array(histogramCell.each);
    let counted = false;
    for (const cells of threads) {
      for (let cell = 0; cell < histogramCell.each; cell++) {
        const value = cells[start + cell]!;
        if (value === 0) continue;
        sum[cell]! += value;
        counted = true;
      }
    }
    if (counted) sums.set(key, sum);
  };
  for (let apiKey = 0; apiKey < countedApis; apiKey++) {
    add(sumKey.totalTimes(apiKey), cellStart.totalTimes + apiKey * histogramCell.each);
    add(sumKey.queueTimes(apiKey), cellStart.queueTimes + apiKey * histogramCell.each);
  }
  add(sumKey.flushTimes, cellStart.flushTimes);
  add(sumKey.commitTimes, cellStart.commitTimes);
  const loop = new Float64Array(2);
  for (const cells of threads) {
    loop[0]! += cells[scalarCell.busyMs]!;
    loop[1]! += cells[scalarCell.idleMs]!;
  }
  sums.set(sumKey.loop, loop);
  return sums;
}
