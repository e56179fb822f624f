/** Reads all of a partition over the wire, without groups and without a client library. */
import { apiKey } from '#engine/protocol/api-table.ts';
import type { FetchResponse } from '#engine/protocol/generated/fetch-response.js';
import {
  batchBaseOffset,
  batchCodec,
  batchIsControl,
  batchLastOffset,
  isIntactBatch,
} from '#engine/protocol/records/batch-view.ts';
import { RecordCursor } from '#engine/protocol/records/record-cursor.ts';
import { splitBatches } from '#engine/protocol/records/split-batches.ts';
import type { CompressionCodec } from '../../engine/base/codec.ts';
import { batchHeaderBytes } from '../../engine/protocol/batch-layout.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { compression } from '../../native-bindings/compression.ts';
import { WireClient } from './wire-client.ts';

export interface ReadRecord {
  readonly offset: number;
  readonly value: string;
}

export interface KeyedRecord {
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
}

const fetchVersion = 12;
const maxInflatedBytes = 64 << 20;

/** All records of a partition from `offset` (else from its start) to the high watermark; every batch's checksum is checked. */
export async function fetchAll(port: number, topic: string, partition: number, offset = 0): Promise<ReadRecord[]> {
  const client = await WireClient.connect(port);
  try {
    return await readPartition(client, topic, partition, offset);
  } finally {
    client.close();
  }
}

export async function readPartition(
  client: WireClient,
  topic: string,
  partition: number,
  offset = 0,
): Promise<ReadRecord[]> {
  const records = await readKeyed(client, topic, partition, offset);
  return records.map((record) => ({ offset: record.offset, value: record.value ?? '' }));
}

/** The same with keys, and with what is null told from what is empty. Offsets may have gaps; control records are left out. */
export async function readKeyed(
  client: WireClient,
  topic: string,
  partition: number,
  offset = 0,
): Promise<KeyedRecord[]> {
  const records: KeyedRecord[] = [];
  for (let next = offset; ; ) {
    const asked = { partition, fetchOffset: BigInt(next), partitionMaxBytes: 4 << 20 };
    const response = (await client.call(apiKey.Fetch, fetchVersion, {
      maxWaitMs: 0,
      minBytes: 1,
      sessionEpoch: -1,
      topics: [{ topic, partitions: [asked] }],
    })) as FetchResponse;
    const [answer] = response.responses[0].partitions;
    if (answer.errorCode !== 0) throw new Error(`fetch of ${topic}-${partition} at ${next}: error ${answer.errorCode}`);
    if (BigInt(next) >= answer.highWatermark) return records;
    const batches = splitBatches(answer.records ?? new Uint8Array(0));
    if (batches.length === 0) throw new Error(`nothing at ${next} of ${topic}-${partition}, below its high watermark`);
    for (const batch of batches) {
      for (const record of recordsOf(batch)) {
        if (record.offset >= next) records.push(record);
      }
      next = batchLastOffset(batch, 0) + 1;
    }
  }
}

function recordsOf(batch: Uint8Array): KeyedRecord[] {
  if (!isIntactBatch(batch, 0, batch.length, checksum)) throw new Error('a batch whose checksum is wrong');
  if (batchIsControl(batch, 0)) return [];
  const cursor = new RecordCursor();
  const codec = batchCodec(batch, 0);
  if (codec === 0) cursor.openBatch(batch, 0);
  else {
    const inflated = compression.decompress(
      codec as CompressionCodec,
      batch.subarray(batchHeaderBytes),
      maxInflatedBytes,
    );
    cursor.openInflated(batch, 0, inflated);
  }
  const records: KeyedRecord[] = [];
  const baseOffset = batchBaseOffset(batch, 0);
  while (cursor.next()) {
    const { bytes, keyAt, keyLength, valueAt, valueLength } = cursor;
    const textOf = (at: number, length: number) =>
      length < 0 ? null : Buffer.from(bytes.buffer, bytes.byteOffset + at, length).toString();
    records.push({
      offset: baseOffset + cursor.offsetDelta,
      key: textOf(keyAt, keyLength),
      value: textOf(valueAt, valueLength),
    });
  }
  if (cursor.fault !== null) throw new Error(`a batch that cannot be read: ${cursor.fault}`);
  return records;
}
