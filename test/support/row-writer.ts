import { parentPort, workerData } from 'node:worker_threads';
import { SharedTable, type TableDescription } from '#engine/ring/shared-columns.ts';

/** A thread that writes row 1 as fast as it can, until word 0 of `stop` says so. Its columns always agree. */
export interface RowWriterSetup {
  readonly table: TableDescription;
  readonly stop: SharedArrayBuffer;
}

/** The int64 that goes with the number in column 1: it moves the high word with the low. */
export function companion(n: number): number {
  return n * 0x1_0000_0001;
}

if (parentPort !== null) {
  const { table: description, stop } = workerData as RowWriterSetup;
  const table = new SharedTable(description);
  const stopWord = new Int32Array(stop);
  let n = 0;
  while (Atomics.load(stopWord, 0) === 0) {
    n = n === 1_000_000 ? 0 : n + 1;
    table.begin(1);
    table.setInt32(1, 1, n);
    table.setInt64(1, 2, companion(n));
    table.end(1);
  }
  parentPort.close();
}
