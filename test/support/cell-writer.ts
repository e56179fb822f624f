import { parentPort, workerData } from 'node:worker_threads';

/** A thread that stores one of two numbers into a cell as fast as it can, until word 0 of `stop` says so. */
export interface CellWriterSetup {
  readonly cells: SharedArrayBuffer;
  readonly stop: SharedArrayBuffer;
}

/** They differ in each of their halves, so that half of one and half of the other would show. */
export const cellNumbers = [2 ** 40 + 1, 3 * 2 ** 45 + 123_456_789] as const;

if (parentPort !== null) {
  const { cells: buffer, stop } = workerData as CellWriterSetup;
  const cells = new Float64Array(buffer);
  const stopWord = new Int32Array(stop);
  cells[0] = cellNumbers[0];
  parentPort.postMessage('writing');
  while (Atomics.load(stopWord, 0) === 0) {
    for (let n = 0; n < 1000; n++) cells[0] = cellNumbers[n & 1]!;
  }
  parentPort.close();
}
