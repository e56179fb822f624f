import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCode } from '../../../../engine/protocol/errors.ts';
import { encodeFetchRequest } from '../../../../engine/protocol/generated/fetch-request.js';
import { decodeFetchResponse, type FetchResponse } from '../../../../engine/protocol/generated/fetch-response.js';
import { encodeProduceRequest } from '../../../../engine/protocol/generated/produce-request.js';
import { decodeProduceResponse, type ProduceResponse } from '../../../../engine/protocol/generated/produce-response.js';
import { encodeRequestHeader } from '../../../../engine/protocol/generated/request-header.js';
import { Reader } from '../../../../engine/protocol/reader.ts';
import { BatchBuilder } from '../../../../engine/protocol/records/batch-builder.ts';
import { Writer } from '../../../../engine/protocol/writer.ts';
import { checksum } from '../../../../native-bindings/checksum.ts';
import { type FakeClient, ShardGroup } from '../../../support/shard-group.ts';

const topic = { name: 'orders', id: 'AAAAAAAAAAAAAAAAAAAAAQ', partitions: 8 };
const produceVersion = 9;
const fetchVersion = 12;

function frame(apiKey: number, version: number, correlationId: number, body: (writer: Writer) => void): Uint8Array {
  const writer = new Writer();
  writer.int32(0);
  const header = { requestApiKey: apiKey, requestApiVersion: version, correlationId, clientId: 'test' };
  encodeRequestHeader(writer, header, 2);
  body(writer);
  writer.patchInt32(0, writer.sizeBytes - 4);
  return writer.toBytes().slice();
}

function batch(values: readonly string[], nowMs: number): Uint8Array {
  const builder = new BatchBuilder({});
  for (const value of values) builder.append(nowMs, null, new TextEncoder().encode(value), []);
  return builder.build(checksum);
}

function produce(correlationId: number, records: ReadonlyMap<number, Uint8Array>, acks = -1): Uint8Array {
  const partitionData = [...records].map(([index, bytes]) => ({ index, records: bytes }));
  const request = { acks, timeoutMs: 1000, topicData: [{ name: topic.name, partitionData }] };
  return frame(0, produceVersion, correlationId, (writer) => encodeProduceRequest(writer, request, produceVersion));
}

interface FetchOptions {
  readonly minBytes?: number;
  readonly maxBytes?: number;
  readonly maxWaitMs?: number;
  readonly partitionMaxBytes?: number;
}

function fetch(correlationId: number, offsets: ReadonlyMap<number, number>, options: FetchOptions = {}): Uint8Array {
  const partitions = [...offsets].map(([partition, offset]) => ({
    partition,
    fetchOffset: BigInt(offset),
    partitionMaxBytes: options.partitionMaxBytes ?? 1 << 20,
  }));
  const request = {
    maxWaitMs: options.maxWaitMs ?? 500,
    minBytes: options.minBytes ?? 1,
    maxBytes: options.maxBytes ?? 50 << 20,
    topics: [{ topic: topic.name, partitions }],
  };
  return frame(1, fetchVersion, correlationId, (writer) => encodeFetchRequest(writer, request, fetchVersion));
}

function produced(answer: Uint8Array): ProduceResponse['responses'][number]['partitionResponses'] {
  return decodeProduceResponse(new Reader(answer, 5), produceVersion).responses[0]!.partitionResponses;
}

function fetched(answer: Uint8Array): FetchResponse['responses'][number]['partitions'] {
  return decodeFetchResponse(new Reader(answer, 5), fetchVersion).responses[0]?.partitions ?? [];
}

function correlationIds(answers: readonly Uint8Array[]): number[] {
  return answers.map((answer) => new DataView(answer.buffer, answer.byteOffset).getInt32(0));
}

async function fill(group: ShardGroup, client: FakeClient, counts: readonly number[]): Promise<void> {
  const nowMs = group.clock.wallMs();
  const records = new Map(
    counts.map((count, partition) => [partition, batch(new Array(count).fill('x'.repeat(50)), nowMs)]),
  );
  client.send(produce(0, records));
  await group.settle();
  assert.deepEqual(
    produced(client.answers()[0]!).map((partition) => partition.errorCode),
    counts.map(() => 0),
  );
}

test('a produce to partitions of every shard is appended and answered in one reply', async () => {
  const group = new ShardGroup(3, [topic]);
  const client = group.connect(0);
  const nowMs = group.clock.wallMs();
  const records = new Map(Array.from({ length: 8 }, (_, partition) => [partition, batch(['a', 'b'], nowMs)]));
  client.send(produce(1, records));
  client.send(produce(2, records));
  await group.settle();
  const answers = client.answers();
  assert.deepEqual(correlationIds(answers), [1, 2]);
  for (const [index, answer] of answers.entries()) {
    const partitions = produced(answer);
    assert.deepEqual(
      partitions.map(({ index: partition, errorCode: code, baseOffset }) => [partition, code, baseOffset]),
      Array.from({ length: 8 }, (_, partition) => [partition, 0, BigInt(index * 2)]),
    );
  }
});

test('requests cut at every byte are the same requests', async () => {
  const group = new ShardGroup(2, [topic]);
  const client = group.connect(1);
  const nowMs = group.clock.wallMs();
  client.send(
    produce(
      1,
      new Map([
        [0, batch(['a'], nowMs)],
        [3, batch(['b'], nowMs)],
      ]),
    ),
    1,
  );
  client.send(
    fetch(
      2,
      new Map([
        [0, 0],
        [3, 0],
      ]),
    ),
    1,
  );
  await group.settle();
  const answers = client.answers();
  assert.deepEqual(correlationIds(answers), [1, 2]);
  assert.ok(fetched(answers[1]!).every(({ records }) => records !== null && records.length > 61));
});

test('each partition answers for itself: an error of one is none of the others', async () => {
  const group = new ShardGroup(2, [topic]);
  const client = group.connect(0);
  const broken = batch(['a'], group.clock.wallMs());
  broken[30]! ^= 1;
  const records = new Map([
    [0, batch(['a'], group.clock.wallMs())],
    [1, broken],
    [2, batch(['c'], group.clock.wallMs())],
    [99, batch(['d'], group.clock.wallMs())],
  ]);
  client.send(produce(1, records));
  await group.settle();
  assert.deepEqual(
    produced(client.answers()[0]!).map((partition) => partition.errorCode),
    [0, errorCode.CORRUPT_MESSAGE, 0, errorCode.UNKNOWN_TOPIC_OR_PARTITION],
  );
});

test('acks=0 gets no reply, and a failure of it closes the connection', async () => {
  const group = new ShardGroup(2, [topic]);
  const client = group.connect(0);
  const nowMs = group.clock.wallMs();
  client.send(
    produce(
      1,
      new Map([
        [0, batch(['a'], nowMs)],
        [1, batch(['a'], nowMs)],
      ]),
      0,
    ),
  );
  client.send(
    fetch(
      2,
      new Map([
        [0, 0],
        [1, 0],
      ]),
    ),
  );
  await group.settle();
  assert.deepEqual(correlationIds(client.answers()), [2]);
  client.send(produce(3, new Map([[77, batch(['a'], nowMs)]]), 0));
  await group.settle();
  assert.equal(client.isDestroyed, true);
});

test('a fetch waits for min_bytes over several shards, and is answered when they have come', async () => {
  const group = new ShardGroup(3, [topic]);
  const producer = group.connect(0);
  const consumer = group.connect(1);
  await fill(group, producer, [1, 1, 1, 1, 1, 1, 1, 1]);
  const offsets = new Map(Array.from({ length: 8 }, (_, partition) => [partition, 1]));
  consumer.send(fetch(5, offsets, { minBytes: 400, maxWaitMs: 10_000 }));
  await group.settle();
  assert.deepEqual(consumer.answers(), []);
  await fill(group, producer, [1, 1]);
  assert.deepEqual(consumer.answers(), [], 'not enough yet');
  await fill(group, producer, [1, 1, 1, 1, 1, 1]);
  const answers = consumer.answers();
  assert.equal(answers.length, 1);
  const bytes = fetched(answers[0]!).reduce((sum, { records }) => sum + (records?.length ?? 0), 0);
  assert.ok(bytes >= 400, `${bytes} bytes`);
});

test('a fetch that gets nothing is answered when its time is up', async () => {
  const group = new ShardGroup(2, [topic]);
  const consumer = group.connect(1);
  consumer.send(
    fetch(
      5,
      new Map([
        [0, 0],
        [1, 0],
        [2, 0],
      ]),
      { maxWaitMs: 300 },
    ),
  );
  await group.settle();
  group.clock.advance(299);
  await group.settle();
  assert.deepEqual(consumer.answers(), []);
  group.clock.advance(1);
  await group.settle();
  const [answer] = consumer.answers();
  assert.deepEqual(
    fetched(answer!).map((partition) => partition.errorCode),
    [0, 0, 0],
  );
});

test('an offset out of range is answered at once', async () => {
  const group = new ShardGroup(2, [topic]);
  const consumer = group.connect(1);
  consumer.send(
    fetch(
      5,
      new Map([
        [0, 0],
        [1, 17],
      ]),
      { maxWaitMs: 10_000, minBytes: 100 },
    ),
  );
  await group.settle();
  const [answer] = consumer.answers();
  assert.deepEqual(
    fetched(answer!).map((partition) => partition.errorCode),
    [0, errorCode.OFFSET_OUT_OF_RANGE],
  );
});

test('max_bytes is dealt out in the order of the request, and the first batch is answered whatever its size', async () => {
  const group = new ShardGroup(3, [topic]);
  const client = group.connect(2);
  await fill(group, client, [40, 40, 40, 40]);
  client.send(
    fetch(
      1,
      new Map([
        [0, 0],
        [1, 0],
        [2, 0],
        [3, 0],
      ]),
      { maxBytes: 5000 },
    ),
  );
  await group.settle();
  const sizes = fetched(client.answers()[0]!).map(({ records }) => records?.length ?? 0);
  assert.ok(sizes[0]! > 2000 && sizes[1]! > 2000, `${sizes}`);
  assert.deepEqual(sizes.slice(2), [0, 0]);
  client.send(
    fetch(
      2,
      new Map([
        [1, 0],
        [0, 0],
      ]),
      { maxBytes: 10 },
    ),
  );
  await group.settle();
  const small = fetched(client.answers()[0]!).map(({ records }) => records?.length ?? 0);
  assert.ok(small[0]! > 2000, 'one batch at least');
  assert.equal(small[1], 0);
});

test('a connection that goes while its fetch waits leaves nothing behind', async () => {
  const group = new ShardGroup(2, [topic]);
  const producer = group.connect(0);
  for (const shard of [0, 1]) {
    const consumer = group.connect(shard);
    consumer.send(
      fetch(
        1,
        new Map([
          [0, 0],
          [1, 0],
          [2, 0],
          [3, 0],
        ]),
        { maxWaitMs: 60_000 },
      ),
    );
    await group.settle();
    consumer.close();
    await group.settle();
  }
  await fill(group, producer, [1, 1, 1, 1]);
  const consumer = group.connect(1);
  consumer.send(
    fetch(
      2,
      new Map([
        [0, 0],
        [1, 0],
        [2, 0],
        [3, 0],
      ]),
    ),
  );
  await group.settle();
  assert.equal(fetched(consumer.answers()[0]!).length, 4);
});

test('a peer that does not read stops being served, and nobody else does', async () => {
  const group = new ShardGroup(2, [topic]);
  const deaf = group.connect(0);
  const other = group.connect(0);
  await fill(group, other, [4000, 4000, 4000, 4000]);
  deaf.holdsWrites = true;
  let sent = 0;
  const request = fetch(
    1,
    new Map([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
    ]),
  );
  while (!deaf.isPaused && sent < 1000) {
    deaf.send(request);
    sent += 1;
    await group.settle();
  }
  assert.ok(sent < 1000, 'reading was paused');
  assert.ok(deaf.unsentBytes() < 32 << 20, `${deaf.unsentBytes()} bytes are queued`);
  other.send(fetch(9, new Map([[0, 0]])));
  await group.settle();
  assert.deepEqual(correlationIds(other.answers()), [9]);
  deaf.release();
  await group.settle();
  assert.equal(deaf.isPaused, false);
});
