import type { Checksum } from '../base/codec.ts';
import type { Disk, DiskError, DiskFile } from '../base/disk.ts';
import { batchHeaderBytes, batchLayout } from '../protocol/batch-layout.ts';
import {
  batchBaseOffset,
  batchCrc,
  batchIsControl,
  batchLastOffset,
  batchLastOffsetDelta,
  batchMagic,
  batchOffsetsAreSafe,
  batchSizeBytes,
  magicV2,
} from '../protocol/records/batch-view.ts';
import { repeat } from './continuation.ts';

/**
 * Called for each batch in order: its header stands at `at` in `bytes`; the records are there as well when `isWhole`,
 * which they are for control batches. Answers whether to go on.
 */
export type BatchVisitor = (
  bytes: Uint8Array,
  at: number,
  length: number,
  positionBytes: number,
  isWhole: boolean,
) => boolean;

/**
 * - end: every byte belongs to a batch. - stopped: the visitor had enough; the end is before the batch it refused.
 * - torn: the last batch is cut off. - corrupt: what stands at the end is no batch, or not the one its checksum names.
 */
export type ScanOutcome = 'end' | 'stopped' | 'torn' | 'corrupt';

export interface ScanRequest {
  readonly file: DiskFile;
  readonly fromBytes: number;
  /** The file's size: no batch reaches beyond. */
  readonly toBytes: number;
  /** Offsets must not be below this one. */
  readonly fromOffset: number;
  /** The segment's base offset: offsets are at most 2^31 - 1 above. */
  readonly baseOffset: number;
  /** Verifies each batch, where given. */
  readonly checksum: Checksum | null;
  readonly chunkBytes: number;
}

/** `endBytes` is the position after the last batch that was good. */
export type ScanDone = (error: DiskError | null, endBytes: number, outcome: ScanOutcome) => void;

/** Reads a segment batch by batch in pieces of `chunkBytes`, whatever size batches claim. */
export function scanBatches(disk: Disk, request: ScanRequest, visit: BatchVisitor, done: ScanDone): void {
  new Scan(disk, request, visit, done).run();
}

class Scan {
  readonly #disk: Disk;
  readonly #request: ScanRequest;
  readonly #visit: BatchVisitor;
  readonly #done: ScanDone;
  readonly #chunk: Uint8Array;
  #position: number;
  #nextOffset: number;

  constructor(disk: Disk, request: ScanRequest, visit: BatchVisitor, done: ScanDone) {
    this.#disk = disk;
    this.#request = request;
    this.#visit = visit;
    this.#done = done;
    const spanBytes = Math.max(0, request.toBytes - request.fromBytes);
    this.#chunk = new Uint8Array(Math.min(Math.max(request.chunkBytes, 2 * batchHeaderBytes), Math.max(spanBytes, 1)));
    this.#position = request.fromBytes;
    this.#nextOffset = request.fromOffset;
  }

  run(): void {
    repeat((again) => {
      const length = Math.min(this.#chunk.length, this.#request.toBytes - this.#position);
      if (length <= 0) {
        this.#done(null, this.#position, 'end');
        return;
      }
      this.#disk.read(this.#request.file, this.#position, this.#chunk.subarray(0, length), false, (error, read) => {
        if (error !== null) this.#done(error, this.#position, 'torn');
        else this.#take(read, again);
      });
    });
  }

  /** Visits what lies in the chunk; goes on, or ends. */
  #take(read: number, again: () => void) {
    const chunk = this.#chunk;
    let at = 0;
    while (at + batchHeaderBytes <= read) {
      if (!this.#isAcceptable(chunk, at)) return this.#finish(at, 'corrupt');
      const size = batchSizeBytes(chunk, at);
      if (this.#position + at + size > this.#request.toBytes) return this.#finish(at, 'torn');
      const isWhole = at + size <= read;
      if (!isWhole && at > 0 && (this.#request.checksum !== null || batchIsControl(chunk, at))) break;
      if (!isWhole && this.#request.checksum !== null) return this.#verifyLarge(size, again);
      if (isWhole && !this.#isIntact(chunk, at, size)) return this.#finish(at, 'corrupt');
      if (!this.#visit(chunk, at, size, this.#position + at, isWhole)) return this.#finish(at, 'stopped');
      this.#nextOffset = batchLastOffset(chunk, at) + 1;
      at += size;
    }
    if (at === 0) return this.#finish(0, 'torn');
    this.#position += at;
    again();
  }

  #finish(at: number, outcome: ScanOutcome): void {
    this.#done(null, this.#position + at, outcome);
  }

  #isAcceptable(bytes: Uint8Array, at: number): boolean {
    return (
      isPlausibleHeader(bytes, at) &&
      batchBaseOffset(bytes, at) >= this.#nextOffset &&
      batchLastOffset(bytes, at) - this.#request.baseOffset <= 0x7fffffff
    );
  }

  #isIntact(bytes: Uint8Array, at: number, size: number): boolean {
    const checksum = this.#request.checksum;
    if (checksum === null) return true;
    return checksum.crc32c(bytes.subarray(at + batchLayout.attributes, at + size)) === batchCrc(bytes, at);
  }

  /** A batch larger than the chunk, at the chunk's start: its sum is taken piece by piece. */
  #verifyLarge(size: number, again: () => void): void {
    const checksum = this.#request.checksum!;
    const header = this.#chunk.slice(0, batchHeaderBytes);
    const start = this.#position;
    const end = start + size;
    let at = start + batchLayout.attributes;
    let sum = 0;
    repeat((more) => {
      if (at >= end) {
        if (sum !== batchCrc(header, 0)) return this.#finish(0, 'corrupt');
        if (!this.#visit(header, 0, size, start, false)) return this.#finish(0, 'stopped');
        this.#nextOffset = batchLastOffset(header, 0) + 1;
        this.#position = end;
        return again();
      }
      const piece = this.#chunk.subarray(0, Math.min(this.#chunk.length, end - at));
      this.#disk.read(this.#request.file, at, piece, false, (error, read) => {
        if (error !== null || read === 0) return this.#done(error, start, 'torn');
        sum = checksum.crc32c(piece.subarray(0, read), sum);
        at += read;
        more();
      });
    });
  }
}

/** Whether a header of a sensible batch of magic 2 stands at `at`, where 61 bytes are readable. */
function isPlausibleHeader(bytes: Uint8Array, at: number): boolean {
  return (
    batchSizeBytes(bytes, at) >= batchHeaderBytes &&
    batchMagic(bytes, at) === magicV2 &&
    batchLastOffsetDelta(bytes, at) >= 0 &&
    batchOffsetsAreSafe(bytes, at) &&
    batchBaseOffset(bytes, at) >= 0
  );
}
