/** Rounds of kill -9 under load: after each, all that was acknowledged is looked for on the wire and in the files. */
import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { apiKey } from '#engine/protocol/api-table.ts';
import type { DescribeConfigsResponse } from '#engine/protocol/generated/describe-configs-response.js';
import { type CheckedFiles, checkPartitionFiles, readPartitionFiles } from './check-partition-files.ts';
import { LoadProducer } from './load-producer.ts';
import { type Millrace, startMillrace } from './millrace.ts';
import { readPartition } from './read-partition.ts';
import { SeededRandom } from './seeded-random.ts';
import { StorageClient } from './storage-client.ts';
import { tempDirFor } from './temp-dir.ts';
import { TopicMaker } from './topic-maker.ts';

const topic = 'load';
const partitions = 4;
const segmentBytes = 1 << 20;
const indexIntervalBytes = 4096;
/** A clean stop, and files that must then be complete, after so many rounds. */
const roundsBetweenStops = 5;
/** Batches in flight of a producer times records of a batch. */
const mostUnaccounted = 5 * 3;

export interface KillRounds {
  readonly rounds: number;
  readonly seed: number;
}

export interface KillSummary {
  readonly rounds: number;
  /** Rounds in which every record was synced before it was acknowledged. */
  readonly flushedRounds: number;
  readonly acknowledgedRecords: number;
  readonly recordsInLogs: number;
  readonly segments: number;
  readonly tornTailsCut: number;
  readonly topicsMade: number;
  readonly topicsDeleted: number;
  readonly filesChecked: number;
}

interface Cleanup {
  after(run: () => void | Promise<void>): void;
}

export async function runKillRounds(options: KillRounds, t: Cleanup): Promise<KillSummary> {
  const home = tempDirFor(t);
  const directories = [join(home, 'a'), join(home, 'b')];
  const properties = { 'log.dirs': directories.join(','), 'log.segment.bytes': String(segmentBytes) };
  const node = await startMillrace({ properties }, t);
  const run = new Run(node, directories, new SeededRandom(options.seed), t);
  await run.prepare();
  for (let round = 0; round < options.rounds; round++) await run.round(round);
  return run.end(options.rounds);
}

class Run {
  readonly #node: Millrace;
  readonly #directories: readonly string[];
  readonly #random: SeededRandom;
  readonly #t: Cleanup;
  readonly #maker = new TopicMaker();
  readonly #producers = Array.from({ length: partitions * 2 }, (_, index) => {
    const idempotent = index % 2 === 0;
    const name = `${idempotent ? 'idempotent' : 'plain'}-${index}`;
    const inFlight = idempotent ? 5 : 8;
    return new LoadProducer({ name, topic, partition: index >> 1, idempotent, inFlight, recordBytes: 600 });
  });
  #configs: Readonly<Record<string, string>> = {};
  #flushedRounds = 0;
  #tornTailsCut = 0;
  #filesChecked = 0;

  constructor(node: Millrace, directories: readonly string[], random: SeededRandom, t: Cleanup) {
    this.#node = node;
    this.#directories = directories;
    this.#random = random;
    this.#t = t;
  }

  async prepare(): Promise<void> {
    const client = await StorageClient.connect(this.#node.port, this.#t);
    assert.equal(await client.createTopic(topic, partitions), 0);
  }

  async round(round: number): Promise<void> {
    const node = this.#node;
    const isFlushed = round % 2 === 1;
    if (isFlushed) this.#flushedRounds++;
    this.#configs = { 'flush.messages': isFlushed ? '1' : '9223372036854775807', 'retention.ms': String(1e9 + round) };
    const client = await StorageClient.connect(node.port, this.#t);
    assert.equal(await client.configure(topic, this.#configs), 0);
    client.wire.close();
    let left = 200 + this.#random.below(2000);
    const acknowledged = (): void => {
      left -= 1;
      if (left === 0) process.kill(node.pid, 'SIGKILL');
    };
    const loads = this.#producers.map((producer) => producer.run(node.port, acknowledged));
    await Promise.all([...loads, this.#maker.run(node.port)]);
    await node.kill();
    const torn = this.#lastSegment(round % partitions);
    appendFileSync(torn, tornTail(round, readFileSync(torn), this.#random));
    const tornBytes = statSync(torn).size;
    await node.restart();
    await this.#checkNode(mostUnaccounted);
    assert.ok(statSync(torn).size < tornBytes, `round ${round}: the torn tail of ${torn} is cut`);
    this.#tornTailsCut++;
    if (round % roundsBetweenStops < roundsBetweenStops - 1) this.#checkFiles(false);
    else {
      // A closed log knows one batch of each producer: what is to be sent again is sent before.
      await this.#settle();
      await this.#stopAndCheck();
    }
  }

  async #settle(): Promise<void> {
    await Promise.all(this.#producers.map((producer) => producer.settle(this.#node.port)));
  }

  async end(rounds: number): Promise<KillSummary> {
    await this.#settle();
    await this.#checkNode(0);
    const checked = await this.#stopAndCheck();
    const acknowledged = this.#producers.reduce((sum, producer) => sum + producer.acknowledged.length, 0);
    const used = this.#directories.map((path) => readdirSync(path).filter((name) => name.startsWith(topic)).length);
    assert.ok(!used.includes(0), `both directories hold partitions: ${used}`);
    assert.ok(this.#maker.made.size > 0 && this.#maker.deleted.size > 0);
    await this.#node.stop();
    return {
      rounds,
      flushedRounds: this.#flushedRounds,
      acknowledgedRecords: acknowledged,
      recordsInLogs: checked.reduce((sum, { endOffset }) => sum + endOffset, 0),
      segments: checked.reduce((sum, { segments }) => sum + segments, 0),
      tornTailsCut: this.#tornTailsCut,
      topicsMade: this.#maker.made.size,
      topicsDeleted: this.#maker.deleted.size,
      filesChecked: this.#filesChecked,
    };
  }

  /** Records, topics and configurations, as clients see them. */
  async #checkNode(unaccounted: number): Promise<void> {
    const client = await StorageClient.connect(this.#node.port, this.#t);
    for (let partition = 0; partition < partitions; partition++) {
      // In flight at the kill, written all the same, and not yet sent again: at most what may be in flight.
      const strangers = await this.#checkPartition(client, partition);
      assert.ok(strangers <= unaccounted, `${strangers} records that nobody waits for`);
    }
    await this.#maker.check(client.wire);
    const asked = {
      resources: [{ resourceType: 2, resourceName: topic, configurationKeys: Object.keys(this.#configs) }],
    };
    const described = (await client.wire.call(apiKey.DescribeConfigs, 4, asked)) as DescribeConfigsResponse;
    const found = described.results[0]!.configs.map(({ name, value }) => [name, value]);
    assert.deepEqual(Object.fromEntries(found), this.#configs);
    client.wire.close();
  }

  /** Answers how many records are there that no producer knows to be. */
  async #checkPartition(client: StorageClient, partition: number): Promise<number> {
    const name = `${topic}-${partition}`;
    const records = await readPartition(client.wire, topic, partition);
    const values = records.map(({ offset, value }, index) => {
      assert.equal(offset, index, `${name}: offsets are dense`);
      return value.trimEnd();
    });
    const known = new Set<string>();
    for (const producer of this.#producers) {
      if (producer.options.partition !== partition) continue;
      for (const { offset, value } of producer.acknowledged) {
        assert.equal(values[offset], value, `${name} at ${offset}: acknowledged and lost`);
        known.add(value);
      }
      for (const value of producer.unknown) known.add(value);
    }
    assert.equal(new Set(values).size, values.length, `${name}: a record is there twice`);
    return values.filter((value) => !known.has(value)).length;
  }

  async #stopAndCheck(): Promise<CheckedFiles[]> {
    await this.#node.stop();
    const checked = this.#checkFiles(true);
    await this.#node.restart();
    return checked;
  }

  #checkFiles(isClosed: boolean): CheckedFiles[] {
    return Array.from({ length: partitions }, (_, partition) => {
      const path = this.#pathOf(partition);
      const files = readPartitionFiles(path);
      this.#filesChecked += files.size;
      try {
        return checkPartitionFiles(files, { isClosed, indexIntervalBytes });
      } catch (error) {
        throw new Error(`${path}, ${isClosed ? 'closed' : 'open'}: ${(error as Error).message}`, { cause: error });
      }
    });
  }

  #pathOf(partition: number): string {
    const paths = this.#directories.map((directory) => join(directory, `${topic}-${partition}`)).filter(existsSync);
    assert.equal(paths.length, 1, `${topic}-${partition} lies in one directory`);
    return paths[0]!;
  }

  #lastSegment(partition: number): string {
    const path = this.#pathOf(partition);
    const logs = readdirSync(path).filter((name) => name.endsWith('.log'));
    return join(path, logs.sort().at(-1)!);
  }
}

/** What a torn write may leave at the end of a segment: noise, zeros, half a batch, a batch with a wrong checksum. */
function tornTail(kind: number, segment: Uint8Array, random: SeededRandom): Uint8Array {
  // A segment that was just begun has no batch to take a piece of.
  if (kind % 4 === 0 || segment.length < 61) return Uint8Array.from({ length: 100 }, () => random.below(256));
  if (kind % 4 === 1) return new Uint8Array(4096);
  const firstBytes = 12 + new DataView(segment.buffer, segment.byteOffset).getInt32(8);
  const copy = Buffer.from(segment.subarray(0, firstBytes));
  if (kind % 4 === 2) return copy.subarray(0, copy.length >> 1);
  copy[copy.length - 1] ^= 1;
  return copy;
}
