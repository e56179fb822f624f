import type { Checksum } from '../../base/codec.ts';
import type { Disk, DiskError, DiskFile, Done } from '../../base/disk.ts';
import { cleanerLimits } from '../../base/limits.ts';
import { batchHeaderBytes, logOverheadBytes } from '../../protocol/batch-layout.ts';
import {
  batchBaseOffset,
  batchLastOffset,
  batchLastOffsetDelta,
  batchOffsetsAreSafe,
  batchSizeBytes,
  isIntactBatch,
} from '../../protocol/records/batch-view.ts';
import { CleaningFault } from './cleaning-fault.ts';

/** What a cleaning reads through. */
export interface ReadContext {
  readonly disk: Disk;
  readonly checksum: Checksum;
  /** Called with what was read or written; waits where the configuration says so, and throws where it is to stop. */
  readonly pace: (bytes: number) => Promise<void> | undefined;
  /** Size of the buffer, which grows with a batch that needs more. */
  readonly readBytes: number;
}

/** A whole batch, checked by its sum, which stays where it is until the visitor has answered. */
export type WholeBatchVisitor = (bytes: Uint8Array, at: number, endBytes: number) => Promise<boolean> | boolean;

/**
 * Shows every batch of a segment in order, as long as `visit` answers true. Throws CleaningFault for what is no batch,
 * and DiskError.
 */
export async function readBatches(
  context: ReadContext,
  file: DiskFile,
  sizeBytes: number,
  fromOffset: number,
  visit: WholeBatchVisitor,
): Promise<void> {
  let buffer = new Uint8Array(Math.min(Math.max(context.readBytes, 4 * batchHeaderBytes), Math.max(sizeBytes, 1)));
  let position = 0;
  let nextOffset = fromOffset;
  while (position < sizeBytes) {
    const room = buffer.subarray(0, Math.min(buffer.length, sizeBytes - position));
    const read = await asPromise<number>((done) => context.disk.read(file, position, room, false, done));
    let at = 0;
    while (at + logOverheadBytes <= read) {
      const size = batchSizeBytes(buffer, at);
      if (size < batchHeaderBytes || position + at + size > sizeBytes) throw corrupt(file, position + at);
      if (at + size > read) break;
      const isIntact = isIntactBatch(buffer, at, read, context.checksum) && isInOrder(buffer, at, nextOffset);
      if (!isIntact) throw corrupt(file, position + at);
      nextOffset = batchLastOffset(buffer, at) + 1;
      const goesOn = visit(buffer, at, position + at + size);
      if (!(goesOn === true || (goesOn !== false && (await goesOn)))) return;
      at += size;
    }
    const waiting = context.pace(at);
    if (waiting !== undefined) await waiting;
    if (at === 0) buffer = larger(buffer, read, file, position);
    position += at;
  }
}

function isInOrder(bytes: Uint8Array, at: number, nextOffset: number): boolean {
  const isSane = batchOffsetsAreSafe(bytes, at) && batchLastOffsetDelta(bytes, at) >= 0;
  return isSane && batchBaseOffset(bytes, at) >= nextOffset;
}

/** Not even one batch fits: room for the one that begins there, which lies within the file. */
function larger(buffer: Uint8Array, read: number, file: DiskFile, position: number): Uint8Array<ArrayBuffer> {
  if (read < logOverheadBytes) throw corrupt(file, position);
  const size = batchSizeBytes(buffer, 0);
  if (size <= buffer.length) throw corrupt(file, position);
  if (size > cleanerLimits.batchBytes)
    throw new CleaningFault('too-large', `${file.path} at ${position}: ${size} bytes`);
  return new Uint8Array(size);
}

function corrupt(file: DiskFile, position: number): CleaningFault {
  return new CleaningFault('corrupt', `${file.path} at ${position}`);
}

/** A call that ends in a callback, as a promise; it fails with the DiskError. */
export function asPromise<T>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) =>
    start((error: DiskError | null, value) => (error === null ? resolve(value) : reject(error))),
  );
}
