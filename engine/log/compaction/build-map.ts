import type { Compression } from '../../base/codec.ts';
import { batchIsControl, batchLastOffset } from '../../protocol/records/batch-view.ts';
import { fileSuffix, offsetFileName } from '../file-names.ts';
import { asPromise, type ReadContext, readBatches } from './batch-reader.ts';
import { BatchRecords } from './batch-records.ts';
import { CleaningFault } from './cleaning-fault.ts';
import type { CleaningRequest, SourceSegment } from './cleaning-request.ts';
import { OffsetMap } from './offset-map.ts';
import { TransactionTracker } from './transaction-tracker.ts';

/**
 * Maps the keys of the dirty section to their newest offsets, as far as the map's memory goes: `latestOffset` says how
 * far. Aborted records don't count.
 */
export async function buildOffsetMap(
  request: CleaningRequest,
  context: ReadContext,
  compression: Compression,
): Promise<OffsetMap> {
  const { segments, firstDirtyOffset, mapBytes, loadFactor, hashKey } = request;
  const dirty = segments.filter(({ endOffset }) => endOffset > firstDirtyOffset);
  const endOffset = segments.at(-1)?.endOffset ?? firstDirtyOffset;
  const map = new OffsetMap(endOffset - firstDirtyOffset, mapBytes, loadFactor, hashKey);
  const aborted = request.aborted.filter(({ lastOffset }) => lastOffset >= firstDirtyOffset);
  const builder = new MapBuilder(map, firstDirtyOffset, new TransactionTracker(aborted), compression);
  for (const segment of dirty) {
    if (!(await readSegment(request, context, segment, (bytes, at) => builder.take(bytes, at)))) return map;
    map.latestOffset = Math.max(map.latestOffset, segment.endOffset - 1);
  }
  return map;
}

async function readSegment(
  request: CleaningRequest,
  context: ReadContext,
  segment: SourceSegment,
  take: (bytes: Uint8Array, at: number) => boolean,
): Promise<boolean> {
  const file = context.disk.file(`${request.directory}/${offsetFileName(segment.baseOffset, fileSuffix.log)}`);
  let hasRoom = true;
  try {
    await readBatches(context, file, segment.sizeBytes, segment.baseOffset, (bytes, at) => {
      hasRoom = take(bytes, at);
      return hasRoom;
    });
  } finally {
    await asPromise<void>((done) => context.disk.close(file, done));
  }
  return hasRoom;
}

class MapBuilder {
  readonly #map: OffsetMap;
  readonly #fromOffset: number;
  readonly #transactions: TransactionTracker;
  readonly #records: BatchRecords;

  constructor(map: OffsetMap, fromOffset: number, transactions: TransactionTracker, compression: Compression) {
    this.#map = map;
    this.#fromOffset = fromOffset;
    this.#transactions = transactions;
    this.#records = new BatchRecords(compression);
  }

  /** False when the map is full. */
  take(bytes: Uint8Array, at: number): boolean {
    const lastOffset = batchLastOffset(bytes, at);
    if (lastOffset < this.#fromOffset) return true;
    if (batchIsControl(bytes, at)) this.#transactions.endsNothing(bytes, at);
    else if (!this.#transactions.isAborted(bytes, at) && !this.#takeRecords(bytes, at)) return false;
    this.#map.latestOffset = Math.max(this.#map.latestOffset, lastOffset);
    return true;
  }

  #takeRecords(bytes: Uint8Array, at: number): boolean {
    const map = this.#map;
    this.#records.open(bytes, at);
    const { cursor } = this.#records;
    while (cursor.next()) {
      const { offset } = cursor;
      if (offset < this.#fromOffset) continue;
      if (offset <= map.latestOffset) throw new CleaningFault('corrupt', `offset ${offset} after ${map.latestOffset}`);
      if (cursor.keyLength >= 0 && !map.put(cursor.bytes, cursor.keyAt, cursor.keyLength, offset)) return false;
      map.latestOffset = offset;
    }
    this.#records.checkEnd();
    return true;
  }
}
