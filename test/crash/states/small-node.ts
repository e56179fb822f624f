/** What a node does with its log directories, without its threads: the real parts, one after the other, on any Disk. */

import assert from 'node:assert/strict';
import type { Disk } from '../../../engine/base/disk.ts';
import { LogCheckpoints } from '../../../engine/coordinator/log-checkpoints.ts';
import {
  markCleanShutdown,
  type NodeDirectory,
  readCleanShutdown,
  removeCleanShutdown,
} from '../../../engine/coordinator/log-directories.ts';
import { LogFinder } from '../../../engine/coordinator/log-finder.ts';
import { StaleCheckpoints } from '../../../engine/coordinator/stale-checkpoints.ts';
import { defaultLogConfig, type LogConfig } from '../../../engine/log/config.ts';
import { plainRecordWalk } from '../../../engine/log/validation/walk-records.ts';
import { MetadataNeeds } from '../../../engine/metadata/columns/metadata-needs.ts';
import { SharedMetadata, SharedMetadataWriter } from '../../../engine/metadata/columns/shared-metadata.ts';
import { encodeTopicConfig } from '../../../engine/metadata/topic-config-bytes.ts';
import { alterLogDirectory } from '../../../engine/replica/alter-log-directory.ts';
import type { Partition } from '../../../engine/replica/partition.ts';
import { ShardReplicas } from '../../../engine/replica/shard-replicas.ts';
import { finished, type LogFixture, logFixture } from '../../support/log-fixture.ts';
import { lonelyReplication, unboundedMoves } from '../../support/lonely-replication.ts';
import { firstDirectory, partitionState } from '../../support/partition-state.ts';
import { validationConfig } from '../../support/validation-config.ts';

export interface SmallTopic {
  readonly name: string;
  readonly id: string;
  readonly partitions: number;
}

const state = partitionState({ directories: [firstDirectory] });

export class SmallNode {
  readonly fixture: LogFixture = logFixture();
  readonly #writer = new SharedMetadataWriter({ rowsPerSegment: 64, bytesSegmentBytes: 4096, topicBuckets: 16 });
  readonly #metadata: SharedMetadata;
  readonly #directories: readonly NodeDirectory[];
  readonly #checkpoints: LogCheckpoints;
  readonly #stale = new StaleCheckpoints((topics) => this.#checkpoints.write(undefined, topics));
  readonly #unsubmitted = new Set<{ submit(): void }>();
  readonly #config: LogConfig;
  #replicas!: ShardReplicas;
  #offset = 0;

  private constructor(disks: readonly Disk[], topics: readonly SmallTopic[], config: Partial<LogConfig>) {
    this.#config = { ...defaultLogConfig, ...config };
    this.#metadata = new SharedMetadata(this.#writer.describe());
    for (const topic of topics) this.#publish(topic);
    this.#directories = disks.map((disk) => {
      const [stateWord, logsWord] = [new SharedArrayBuffer(4), new SharedArrayBuffer(4)];
      return { path: disk.root, disk, stateWord, logsWord, isClean: false, previousBrokerEpoch: -1 };
    });
    this.#checkpoints = new LogCheckpoints(this.#directories, this.#metadata, this.fixture.logger);
  }

  /** The metadata are known, as the metadata log has them. */
  static async start(
    disks: Disk | readonly Disk[],
    topics: readonly SmallTopic[],
    config: Partial<LogConfig>,
  ): Promise<SmallNode> {
    const node = new SmallNode('root' in disks ? [disks] : disks, topics, config);
    for (const directory of node.#directories) {
      // As loadStorage does.
      await finished((done) => directory.disk.syncDirectory('.', done));
      await readCleanShutdown(directory);
      await removeCleanShutdown(directory);
    }
    let next = 0;
    const hex = (): string => String(next++).padStart(32, '0');
    const finder = new LogFinder({
      directories: node.#directories,
      metadata: node.#metadata,
      checkpoints: node.#checkpoints,
      logger: node.fixture.logger,
      randomHex: hex,
    });
    await finder.find();
    await finder.removeDeleted();
    node.#replicas = node.#makeReplicas();
    node.#replicas.start();
    if (node.#directories.some(({ isClean }) => !isClean)) node.#recover(topics);
    return node;
  }

  /** What a broker does in the background; without it no clean stop may be claimed. */
  #recover(topics: readonly SmallTopic[]): void {
    for (const { name, partitions } of topics) {
      for (let partition = 0; partition < partitions; partition++) {
        if (this.#replicas.needsRecovery(this.#row(name, partition))) this.partition(name, partition);
      }
    }
  }

  #makeReplicas(): ShardReplicas {
    const { environment, clock, logger } = this.fixture;
    const unthrottled = { leaderThrottled: new Set<number>(), followerThrottled: new Set<number>() };
    const settings = { log: this.#config, validation: validationConfig(), minInsyncReplicas: 1, ...unthrottled };
    return new ShardReplicas({
      nodeId: 1,
      shard: 0,
      shards: 1,
      metadata: this.#metadata,
      environment,
      directories: this.#directories.map(({ disk, isClean, logsWord }) => ({
        disk,
        isClean,
        logs: new Int32Array(logsWord),
      })),
      host: {
        clock,
        logger,
        checksum: environment.checksum,
        recordWalk: plainRecordWalk,
        compression: environment.compression,
        jobs: { checkCompressed: () => assert.fail('nothing is compressed here') },
        settingsOf: () => settings,
        replication: lonelyReplication,
        needsSubmit: (submittable) => this.#unsubmitted.add(submittable),
        fileDeleteDelayMs: () => 60_000,
        isCordoned: () => false,
        moves: unboundedMoves,
        writeCheckpoints: (_which, done) => void this.writeCheckpoints().then(done),
        countAppended: () => {},
      },
    });
  }

  /** As the publisher does: what a topic of that name left in the checkpoint files goes first. */
  async create(made: SmallTopic): Promise<void> {
    const changes = { createdTopics: new Map([[made.id, made]]), removedTopics: new Map() };
    await new Promise<void>((resolve) => {
      if (this.#stale.mayPublish(changes, resolve)) resolve();
    });
    this.#publish(made);
  }

  #publish({ name, id, partitions }: SmallTopic): void {
    const topic = { name, id, isInternal: false, config: encodeTopicConfig(new Map()) };
    const states = Array.from({ length: partitions }, () => state);
    const needs = new MetadataNeeds();
    needs.addTopic(topic, states);
    for (const segment of this.#writer.reserve(needs)) this.#metadata.addSegment(segment);
    this.#writer.createTopic(topic, states);
  }

  /** The topic's metadata go, and then its files. */
  remove({ name, id, partitions }: SmallTopic): void {
    const gone = { topic: { name, id }, partitions: undefined };
    const changes = { createdTopics: new Map(), removedTopics: new Map([[id, gone]]) };
    assert.ok(this.#stale.mayPublish(changes, () => {}));
    const topicRow = this.#metadata.topics.findByNameString(name);
    const topicId = this.#metadata.topics.idOf(topicRow);
    const removed = Array.from({ length: partitions }, (_, partition) => ({
      row: this.#row(name, partition),
      topic: name,
      topicId,
      partition,
      topicDeleted: true,
    }));
    this.#writer.removeTopic(topicRow, ++this.#offset);
    for (const each of removed) this.#replicas.remove(each);
    this.#writer.reclaim(this.#offset);
  }

  /** Appends as a produce does; the batch's offset. */
  append(topic: string, partition: number, bytes: Uint8Array): number {
    let answer: { code: number; offset: number } | null = null;
    const sink = { appended: (_tag: number, code: number, offset: number) => void (answer = { code, offset }) };
    const row = this.#row(topic, partition);
    const generation = this.#metadata.partitions.topicGeneration(row);
    this.#replicas.append(row, generation, bytes, 0, bytes.length, -1, sink, 0);
    for (const submittable of this.#unsubmitted) submittable.submit();
    this.#unsubmitted.clear();
    assert.notEqual(answer, null, 'a disk that answers at once is done at once');
    const { code, offset } = answer!;
    assert.equal(code, 0, `append to ${topic}-${partition}: error ${code}`);
    return offset;
  }

  async flush(topic: string, partition: number): Promise<number> {
    const { log } = this.partition(topic, partition);
    const endOffset = log.logEndOffset;
    await finished((done) => log.flush(done));
    this.partition(topic, partition).published.recoveryPoint();
    return endOffset;
  }

  partition(topic: string, partition: number): Partition {
    const row = this.#row(topic, partition);
    const found = this.#replicas.find(row, this.#metadata.partitions.topicGeneration(row));
    assert.ok(typeof found !== 'number' && found.hasLog, `${topic}-${partition} cannot be opened`);
    return found;
  }

  /** Has a log moved to another directory. */
  async move(topic: string, partition: number, directory: number): Promise<void> {
    const code = await new Promise((resolve) =>
      alterLogDirectory(this.#replicas, topic, partition, directory, resolve),
    );
    assert.equal(code, 0, `${topic}-${partition} can not be moved`);
  }

  /** So much of the moves that are under way as takes that long. */
  step(ms: number): void {
    for (let at = 0; at < ms; at++) this.fixture.clock.advance(1);
    this.#replicas.moves.tick();
  }

  /** Where the log is moved to; -1: it is not. */
  futureOf(topic: string, partition: number): number {
    return this.#metadata.runtime.futureDirectory(this.#row(topic, partition));
  }

  deleteRecords(topic: string, partition: number, offset: number): void {
    this.partition(topic, partition).deleteRecordsBefore(offset, 0, () => {});
  }

  writeCheckpoints(): Promise<void> {
    return this.#checkpoints.write();
  }

  /** A clean shutdown. */
  async stop(): Promise<void> {
    const failed = await new Promise<ReadonlySet<number>>((resolve) => this.#replicas.close(resolve));
    assert.equal(failed.size, 0);
    await this.writeCheckpoints();
    for (const directory of this.#directories) await markCleanShutdown(directory, 7);
  }

  #row(topic: string, partition: number): number {
    const topicRow = this.#metadata.topics.findByNameString(topic);
    return this.#metadata.topics.partitionRow(topicRow, partition);
  }
}
