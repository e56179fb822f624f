/** Compacted topics in a running node: cleaned while they are written and read, over restarts and kills. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { checkpointFileNames, parseOffsetCheckpoint } from '../../engine/log/checkpoints.ts';
import { BatchBuilder } from '../../engine/protocol/records/batch-builder.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { type KeyedRecord, readKeyed } from '../support/read-partition.ts';
import { eventually, StorageClient } from '../support/storage-client.ts';

const properties = { 'log.cleaner.backoff.ms': '200', 'log.cleaner.dedupe.buffer.size': '2097152' };
const compacted = {
  'cleanup.policy': 'compact',
  'internal.segment.bytes': '20000',
  'min.cleanable.dirty.ratio': '0.01',
  'file.delete.delay.ms': '100',
};

class KeyedLoad {
  readonly newest = new Map<string, string | null>();
  readonly #client: StorageClient;
  readonly #topic: string;
  #count = 0;

  constructor(client: StorageClient, topic: string) {
    this.#client = client;
    this.#topic = topic;
  }

  /** A batch of 20 records of 50 keys; now and then one is deleted. */
  async produce(): Promise<void> {
    const builder = new BatchBuilder({});
    for (let record = 0; record < 20; record++) {
      const number = this.#count++;
      const key = `key-${(number * 7) % 50}`;
      const value = number % 11 === 0 ? null : `${number}-${'v'.repeat(100)}`;
      builder.append(Date.now(), Buffer.from(key), value === null ? null : Buffer.from(value));
      this.newest.set(key, value);
    }
    const { errorCode } = await this.#client.produce(this.#topic, 0, builder.build(checksum));
    assert.equal(errorCode, 0);
  }
}

function assertNewest(records: readonly KeyedRecord[], newest: ReadonlyMap<string, string | null>): void {
  const found = new Map<string, string | null>();
  for (const [index, { key, value, offset }] of records.entries()) {
    assert.ok(index === 0 || offset > records[index - 1]!.offset, 'offsets go up');
    found.set(key!, value);
  }
  for (const [key, value] of newest) if (value !== null || found.has(key)) assert.equal(found.get(key), value, key);
}

function sizeOf(node: Millrace, log: string): number {
  const directory = join(node.directory, log);
  const names = readdirSync(directory).filter((name) => name.endsWith('.log'));
  // One that was replaced meanwhile is no more.
  return names.reduce(
    (bytes, name) => bytes + (statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

function cleanedOffset(node: Millrace, topic: string): number {
  let found = -1;
  const bytes = readFileSync(join(node.directory, checkpointFileNames.cleanedOffset));
  assert.ok(
    parseOffsetCheckpoint(bytes, (name, partition, offset) => {
      if (name === topic && partition === 0) found = offset;
    }),
  );
  return found;
}

test('a compacted topic is cleaned while it is written and read, and its checkpoint outlives the process', async (t) => {
  const node = await startMillrace({ properties }, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('compacted', 1, compacted), 0);
  const load = new KeyedLoad(client, 'compacted');
  for (let batch = 0; batch < 100; batch++) {
    await load.produce();
    if (batch % 10 === 0) assertNewest(await readKeyed(client.wire, 'compacted', 0), load.newest);
  }
  await eventually(() => sizeOf(node, 'compacted-0') < 60_000, 'most of 250 KB is gone');
  const records = await readKeyed(client.wire, 'compacted', 0);
  assertNewest(records, load.newest);
  assert.ok(records.length < 500, `${records.length} of 2000 records`);
  assert.equal(await client.offset('compacted', 0, -1), 2000);
  await eventually(
    () => !readdirSync(join(node.directory, 'compacted-0')).some((name) => /\.(deleted|cleaned|swap)$/.test(name)),
    'nothing is left of what was replaced',
  );
  await node.stop();
  const cleaned = cleanedOffset(node, 'compacted');
  assert.ok(cleaned > 1000 && cleaned <= 2000, `cleaned up to ${cleaned}`);
  await node.restart();
  const again = await StorageClient.connect(node.port, t);
  const kept = await readKeyed(again.wire, 'compacted', 0);
  // It may have been cleaned once more; nothing else happens to it.
  assertNewest(kept, load.newest);
  for (const record of kept) assert.ok(records.some((before) => isDeepStrictEqual(before, record)));
});

test('a kill in the middle of cleaning loses no key', async (t) => {
  const node = await startMillrace({ properties }, t);
  let client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('killed', 1, { ...compacted, 'flush.messages': '1' }), 0);
  const newest = new Map<string, string | null>();
  for (let round = 0; round < 4; round++) {
    const load = new KeyedLoad(client, 'killed');
    for (let batch = 0; batch < 40 + round; batch++) await load.produce();
    for (const [key, value] of load.newest) newest.set(key, value);
    await node.kill();
    await node.restart();
    client = await StorageClient.connect(node.port, t);
    assertNewest(await readKeyed(client.wire, 'killed', 0), newest);
  }
  await eventually(() => sizeOf(node, 'killed-0') < 60_000, 'it is cleaned all the same');
  assertNewest(await readKeyed(client.wire, 'killed', 0), newest);
});

test('tombstones go when delete.retention.ms is over, and compact,delete deletes segments too', async (t) => {
  const node = await startMillrace({ properties: { ...properties, 'log.retention.check.interval.ms': '200' } }, t);
  const client = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('brief', 1, { ...compacted, 'delete.retention.ms': '0' }), 0);
  const builder = new BatchBuilder({});
  for (const value of [Buffer.from('value'), null]) builder.append(Date.now(), Buffer.from('gone'), value);
  assert.equal((await client.produce('brief', 0, builder.build(checksum))).errorCode, 0);
  const load = new KeyedLoad(client, 'brief');
  // Only what is dirty is looked at: a tombstone goes with the second cleaning that meets it.
  await eventually(async () => {
    for (let batch = 0; batch < 20; batch++) await load.produce();
    const records = await readKeyed(client.wire, 'brief', 0);
    assertNewest(records, load.newest);
    return records.every(({ key }) => key !== 'gone');
  }, 'neither the tombstone nor what it deleted is left');
  const both = { ...compacted, 'cleanup.policy': 'compact,delete', 'retention.bytes': '30000' };
  assert.equal(await client.createTopic('both', 1, both), 0);
  const second = new KeyedLoad(client, 'both');
  for (let batch = 0; batch < 60; batch++) await second.produce();
  await eventually(async () => (await client.offset('both', 0, -2)) > 0, 'its oldest segments are deleted');
});

test('a log with a broken batch is named once and left as it is, and the others are cleaned', async (t) => {
  const quiet = { ...properties, 'log.cleaner.enable': 'false' };
  const node = await startMillrace({ properties: { ...quiet, 'log.cleaner.backoff.ms': '50' } }, t);
  const client = await StorageClient.connect(node.port, t);
  for (const topic of ['broken', 'sound']) {
    assert.equal(await client.createTopic(topic, 1, compacted), 0);
    const load = new KeyedLoad(client, topic);
    for (let batch = 0; batch < 60; batch++) await load.produce();
  }
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.ok(sizeOf(node, 'sound-0') > 130_000, 'with log.cleaner.enable=false nothing is cleaned');
  await node.stop();
  const path = join(node.directory, 'broken-0', `${'0'.repeat(20)}.log`);
  const bytes = readFileSync(path);
  bytes[5000]! ^= 1;
  writeFileSync(path, bytes);
  const size = sizeOf(node, 'broken-0');
  const second = await startMillrace({ properties, directory: node.directory }, t);
  await eventually(() => sizeOf(second, 'sound-0') < 60_000, 'the sound one is cleaned');
  await eventually(() => second.output().includes('a log can not be cleaned'), 'the other is named');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.equal(second.output().split('a log can not be cleaned').length, 2, 'once');
  assert.equal(sizeOf(second, 'broken-0'), size);
});
