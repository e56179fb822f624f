/** kill -9 under load: what was acknowledged is there after the restart, in its place and once. */
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { apiKey } from '#engine/protocol/api-table.ts';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import type { DeleteTopicsResponse } from '#engine/protocol/generated/delete-topics-response.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import { LoadProducer } from '../support/load-producer.ts';
import { type Millrace, startMillrace } from '../support/millrace.ts';
import { readPartition } from '../support/read-partition.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { tempDirFor } from '../support/temp-dir.ts';
import { ClosedByBroker, WireClient } from '../support/wire-client.ts';

const rounds = Number(process.env.MILLRACE_KILL_ROUNDS ?? 6);
const seed = Number(process.env.MILLRACE_SEED ?? 9);
const topic = 'load';
const partitions = 4;

/** Makes and deletes topics over one connection until it breaks; keeps what was answered. */
class TopicMaker {
  readonly made = new Map<string, string>();
  readonly deleted = new Set<string>();
  #next = 0;

  async run(port: number): Promise<void> {
    const client = await WireClient.connect(port);
    try {
      for (;;) {
        const name = `topic-${this.#next++}`;
        await this.#make(client, name);
        if (this.#next % 3 === 0) await this.#remove(client, name);
      }
    } catch (error) {
      if (!(error instanceof ClosedByBroker)) throw error;
    } finally {
      client.close();
    }
  }

  async #make(client: WireClient, name: string): Promise<void> {
    const request = { topics: [{ name, numPartitions: 2, replicationFactor: 1 }], timeoutMs: 30_000 };
    const answer = (await client.call(apiKey.CreateTopics, 7, request)) as CreateTopicsResponse;
    assert.equal(answer.topics[0].errorCode, 0, name);
    this.made.set(name, answer.topics[0].topicId);
  }

  async #remove(client: WireClient, name: string): Promise<void> {
    // Until it is answered, nobody knows whether it is there.
    this.made.delete(name);
    const request = { topics: [{ name, topicId: null }], timeoutMs: 30_000 };
    const answer = (await client.call(apiKey.DeleteTopics, 6, request)) as DeleteTopicsResponse;
    assert.equal(answer.responses[0].errorCode, 0, name);
    this.deleted.add(name);
  }

  async check(client: WireClient): Promise<void> {
    const answer = (await client.call(apiKey.Metadata, 12, { topics: null })) as MetadataResponse;
    const there = new Map(answer.topics.map(({ name, topicId }) => [name ?? '', topicId]));
    for (const [name, id] of this.made) assert.equal(there.get(name), id, `topic ${name} was made and is not there`);
    for (const name of this.deleted) assert.ok(!there.has(name), `topic ${name} was deleted and is there`);
  }
}

/** Where a partition's last segment lies. */
function lastSegment(directories: readonly string[], partition: number): string | undefined {
  for (const directory of directories) {
    const path = join(directory, `${topic}-${partition}`);
    if (!existsSync(path)) continue;
    const logs = readdirSync(path).filter((name) => name.endsWith('.log'));
    return join(path, logs.sort().at(-1)!);
  }
  return undefined;
}

/** What a torn write may leave at the end of a segment: noise, zeros, half a batch, a batch with a wrong checksum. */
function tornTail(kind: number, segment: Uint8Array, random: SeededRandom): Uint8Array {
  const first = segment.subarray(0, 12 + new DataView(segment.buffer, segment.byteOffset).getInt32(8));
  const copy = Buffer.from(first);
  switch (kind % 4) {
    case 0:
      return Uint8Array.from({ length: 100 }, () => random.below(256));
    case 1:
      return new Uint8Array(4096);
    case 2:
      return copy.subarray(0, copy.length >> 1);
    default:
      copy[copy.length - 1] ^= 1;
      return copy;
  }
}

async function checkPartition(
  client: WireClient,
  partition: number,
  producers: readonly LoadProducer[],
): Promise<number> {
  const records = await readPartition(client, topic, partition);
  const values = records.map(({ offset, value }, index) => {
    assert.equal(offset, index, `${topic}-${partition}: offsets are dense`);
    return value.trimEnd();
  });
  const known = new Set<string>();
  for (const producer of producers) {
    if (producer.options.partition !== partition) continue;
    for (const { offset, value } of producer.acknowledged) {
      assert.equal(values[offset], value, `${topic}-${partition} at ${offset}: acknowledged and lost`);
      known.add(value);
    }
    for (const value of producer.unknown) known.add(value);
  }
  assert.equal(new Set(values).size, values.length, `${topic}-${partition}: a record is there twice`);
  return values.filter((value) => !known.has(value)).length;
}

test(`kill -9 under load, ${rounds} rounds: nothing acknowledged is missing, nothing is doubled`, async (t) => {
  const random = new SeededRandom(seed);
  t.diagnostic(`MILLRACE_SEED=${seed}`);
  const home = tempDirFor(t);
  const directories = [join(home, 'a'), join(home, 'b')];
  const properties = { 'log.dirs': directories.join(','), 'log.segment.bytes': '1048576' };
  const node: Millrace = await startMillrace({ properties }, t);
  const setUp = await WireClient.connect(node.port);
  const request = { topics: [{ name: topic, numPartitions: partitions, replicationFactor: 1 }], timeoutMs: 30_000 };
  await setUp.call(apiKey.CreateTopics, 7, request);
  setUp.close();
  const producers = Array.from({ length: partitions * 2 }, (_, index) => {
    const idempotent = index % 2 === 0;
    const name = `${idempotent ? 'idempotent' : 'plain'}-${index}`;
    return new LoadProducer({ name, topic, partition: index >> 1, idempotent, inFlight: idempotent ? 5 : 8 });
  });
  const maker = new TopicMaker();
  for (let round = 0; round < rounds; round++) {
    let left = 200 + random.below(2000);
    const acknowledged = (): void => {
      left -= 1;
      if (left === 0) process.kill(node.pid, 'SIGKILL');
    };
    await Promise.all([...producers.map((producer) => producer.run(node.port, acknowledged)), maker.run(node.port)]);
    await node.kill();
    const torn = lastSegment(directories, round % partitions)!;
    appendFileSync(torn, tornTail(round, readFileSync(torn), random));
    const tornBytes = statSync(torn).size;
    await node.restart();
    const client = await WireClient.connect(node.port);
    for (let partition = 0; partition < partitions; partition++) {
      // In flight at the kill, written all the same, and not yet sent again: at most what may be in flight.
      const unaccounted = await checkPartition(client, partition, producers);
      assert.ok(unaccounted <= 5 * 3, `${unaccounted} records that nobody waits for`);
    }
    assert.ok(statSync(torn).size < tornBytes, `round ${round}: the torn tail of ${torn} is cut`);
    await maker.check(client);
    client.close();
  }
  for (const producer of producers) producer.end();
  await Promise.all(producers.map((producer) => producer.run(node.port, () => {})));
  const client = await WireClient.connect(node.port);
  for (let partition = 0; partition < partitions; partition++) {
    assert.equal(await checkPartition(client, partition, producers), 0);
  }
  client.close();
  const used = directories.map((directory) => readdirSync(directory).filter((name) => name.startsWith(topic)).length);
  assert.ok(
    used.every((count) => count > 0),
    `both directories hold partitions: ${used}`,
  );
  assert.ok(maker.made.size > 0 && maker.deleted.size > 0);
  await node.stop();
});
