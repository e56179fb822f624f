/** Record batches built before a run. */
import { type CompressionCodec, compressionCodec } from '../../engine/base/codec.ts';
import { BatchBuilder } from '../../engine/protocol/records/batch-builder.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { compression } from '../../native-bindings/compression.ts';

export interface BatchShape {
  readonly recordBytes: number;
  /** The batch holds so many records, or as many as fit into so many bytes before they are compressed. */
  readonly records?: number;
  readonly batchBytes?: number;
  readonly codec?: CompressionCodec;
  /** Records have keys of 16 bytes, each another. */
  readonly isKeyed?: boolean;
}

export interface Batch {
  readonly bytes: Uint8Array;
  readonly records: number;
}

/** Partitions share so many different batches: enough that no cache holds one alone, few enough to be built quickly. */
const differentBatches = 16;
const overheadBytes = 16;
const keyBytes = 16;

const built = new Map<string, Promise<Batch>>();

/** The batch that a partition is sent; built once for each shape. */
export function batchOf(shape: BatchShape, partition: number): Promise<Batch> {
  const seed = partition % differentBatches;
  const name = JSON.stringify([shape, seed]);
  let batch = built.get(name);
  if (batch === undefined) built.set(name, (batch = buildBatch(shape, seed)));
  return batch;
}

async function buildBatch(shape: BatchShape, seed: number): Promise<Batch> {
  const { recordBytes, codec = compressionCodec.none } = shape;
  const builder = new BatchBuilder();
  const timestampMs = Date.now();
  do {
    const index = builder.recordCount;
    builder.append(timestampMs, shape.isKeyed === true ? key(seed, index) : null, value(recordBytes, seed + index));
  } while (hasRoom(builder, shape));
  const records = builder.recordCount;
  return { bytes: await builder.buildCompressed(checksum, compression, codec), records };
}

function hasRoom({ recordCount, sizeBytes }: BatchBuilder, shape: BatchShape): boolean {
  if (shape.records !== undefined) return recordCount < shape.records;
  const nextBytes = shape.recordBytes + (shape.isKeyed === true ? keyBytes : 0) + overheadBytes;
  return sizeBytes + nextBytes <= (shape.batchBytes ?? 0);
}

function key(seed: number, index: number): Uint8Array {
  return Buffer.from(`${seed}-${index}`.padStart(keyBytes, '0'));
}

/** Words, as much alike from record to record as those of a log: general codecs make them about half as long. */
function value(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = (Math.imul(seed + 1, 2_654_435_761) >>> 0) | 1;
  for (let at = 0; at < length; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const word = vocabulary[state >>> 23];
    bytes.set(word.subarray(0, length - at), at);
    at += word.length;
  }
  return bytes;
}

const vocabulary: readonly Uint8Array[] = makeWords(512);

function makeWords(count: number): Uint8Array[] {
  let state = 1;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, () => {
    const letters = Array.from({ length: 2 + next(8) }, () => String.fromCharCode(0x61 + next(26)));
    return Buffer.from(`${letters.join('')} `);
  });
}
