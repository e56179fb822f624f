import assert from 'node:assert/strict';
import type { Clock, Timer } from '../../engine/base/clock.ts';
import type { Disk } from '../../engine/base/disk.ts';
import { arenaLimitsFor, ringLimitsFor } from '../../engine/base/limits.ts';
import { LogCheckpoints } from '../../engine/coordinator/log-checkpoints.ts';
import type { NodeDirectory } from '../../engine/coordinator/log-directories.ts';
import { LogFinder } from '../../engine/coordinator/log-finder.ts';
import { shardOf, topicNameHashOfString } from '../../engine/metadata/columns/placement.ts';
import { SharedMetadata, SharedMetadataWriter } from '../../engine/metadata/columns/shared-metadata.ts';
import { builtInProperties } from '../../engine/metadata/config/broker-config.ts';
import type { ClusterView, RemovedPartition, ShardDelta } from '../../engine/metadata/delta.ts';
import { encodeTopicConfig } from '../../engine/metadata/topic-config-bytes.ts';
import { Metrics } from '../../engine/node/metrics.ts';
import { Shard } from '../../engine/node/shard.ts';
import { ProcessMemory } from '../../engine/node/thread-memory.ts';
import { alterLogDirectory } from '../../engine/replica/alter-log-directory.ts';
import type { CheckpointFiles } from '../../engine/replica/host.ts';
import type { Partition } from '../../engine/replica/partition.ts';
import type { FakeNetwork } from './fake-network.ts';
import type { MemoryLogger } from './memory-logger.ts';
import type { ModelTopic } from './replica-controller.ts';
import { SeededRandom } from './seeded-random.ts';
import { codecsOfShard, sharedByShards, startCoordinatorEnd } from './shard-surroundings.ts';

export interface ReplicaNodeOptions {
  readonly id: number;
  readonly shards: number;
  readonly clock: Clock;
  readonly network: FakeNetwork;
  readonly logger: MemoryLogger;
  /** Its log directories. */
  readonly disks: readonly Disk[];
  readonly topics: readonly ModelTopic[];
  readonly topicConfigs: ReadonlyMap<string, string>;
  /** Dynamic, of all brokers. */
  readonly brokerConfigs: ReadonlyMap<string, string>;
  readonly properties: ReadonlyMap<string, string>;
  readonly cluster: ClusterView;
  readonly defer: (run: () => void) => void;
  readonly failed: (error: unknown) => void;
  readonly askController: (body: Uint8Array, answered: (answer: Uint8Array | null) => void) => void;
}

/** The timers of a node that was killed never fire. */
class MortalClock implements Clock {
  isDead = false;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  wallMs(): number {
    return this.#clock.wallMs();
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  schedule(delayMs: number, fire: () => void): Timer {
    return this.#clock.schedule(delayMs, () => {
      if (!this.isDead) fire();
    });
  }
}

/** The shards of one node and its columns, without threads: what it is told of metadata, others decide. */
export class ReplicaNode {
  readonly id: number;
  readonly shards: Shard[] = [];
  readonly #options: ReplicaNodeOptions;
  readonly #clock: MortalClock;
  readonly #writer = new SharedMetadataWriter({ rowsPerSegment: 64, bytesSegmentBytes: 65536, topicBuckets: 16 });
  readonly #metadata: SharedMetadata;
  readonly #checkpoints: LogCheckpoints;
  readonly #directories: readonly NodeDirectory[];

  private constructor(options: ReplicaNodeOptions) {
    this.#options = options;
    this.id = options.id;
    this.#clock = new MortalClock(options.clock);
    for (const { name, id, partitions } of options.topics) {
      this.#writer.createTopic(
        { name, id, isInternal: false, config: encodeTopicConfig(options.topicConfigs) },
        partitions,
      );
    }
    this.#metadata = new SharedMetadata(this.#writer.describe());
    this.#directories = options.disks.map((disk) => {
      const [stateWord, logsWord] = [new SharedArrayBuffer(4), new SharedArrayBuffer(4)];
      return { path: disk.root, disk, stateWord, logsWord, isClean: false, previousBrokerEpoch: -1 };
    });
    this.#checkpoints = new LogCheckpoints(this.#directories, this.#metadata, options.logger);
  }

  static async start(options: ReplicaNodeOptions): Promise<ReplicaNode> {
    const node = new ReplicaNode(options);
    let next = 0;
    const hex = (): string => String(next++).padStart(32, '0');
    await new LogFinder({
      directories: node.#directories,
      metadata: node.#metadata,
      checkpoints: node.#checkpoints,
      logger: options.logger,
      randomHex: hex,
    }).find();
    node.#makeShards();
    node.publish(options.topics, options.cluster, true);
    for (const shard of node.shards) shard.recover();
    let nextShard = 0;
    options.network.listen(String(options.id), (transport) => {
      nextShard = (nextShard + 1) % node.shards.length;
      return node.shards[nextShard]!.accept(transport, 'PLAINTEXT');
    });
    return node;
  }

  #makeShards(): void {
    const { shards, topics: _topics, ...options } = this.#options;
    const arena = { ...arenaLimitsFor(shards, 2 ** 30), slabs: 8 };
    const memory = new ProcessMemory(shards, ringLimitsFor(shards), arena, arena);
    const shared = {
      ...sharedByShards(shards),
      properties: new Map([...builtInProperties(), ['node.id', String(this.id)], ...options.properties]),
    };
    for (let shard = 0; shard < shards; shard++) {
      const start = {
        nodeId: this.id,
        shards,
        memory: memory.of(shard),
        metadata: this.#writer.describe(),
        metrics: Metrics.allocate(),
        cluster: options.cluster,
        ...shared,
      };
      this.shards.push(
        new Shard(start, {
          clock: this.#clock,
          sharedMs: () => this.#clock.monotonicMs(),
          random: new SeededRandom(this.id * 10 + shard),
          logger: options.logger,
          ...codecsOfShard(),
          defer: (run) => this.#defer(run),
          jobs: {
            checkCompressed: () => assert.fail('nothing is compressed here'),
            clean: () => assert.fail('nothing is compacted here'),
          },
          directories: this.#directories.map(({ disk, logsWord }) => ({
            disk,
            isClean: false,
            logs: new Int32Array(logsWord),
          })),
          askForCheckpoints: (which) => this.#writeFor(this.shards[shard]!, which),
          fatal: (error) => options.failed(error),
          connect: (host, _port, events, connected) =>
            options.network.connect(String(this.id), host, events, connected),
        }),
      );
    }
    startCoordinatorEnd(memory, {
      defer: (run) => this.#defer(run),
      forward: ({ body }, answered) =>
        options.askController(body, (answer) => {
          if (!this.#clock.isDead) answered(answer);
        }),
      failed: (error) => options.failed(error),
    });
  }

  #writeFor(shard: Shard, which: CheckpointFiles): void {
    this.writeCheckpoints().then(
      () => this.#defer(() => shard.checkpointed(which)),
      (error: unknown) => this.#options.failed(error),
    );
  }

  #defer(run: () => void): void {
    this.#options.defer(() => {
      if (!this.#clock.isDead) run();
    });
  }

  /** Writes the rows and tells the shards, as the publisher does. */
  publish(topics: readonly ModelTopic[], cluster: ClusterView, full = false): void {
    const rows = this.shards.map(() => ({
      lead: [] as number[],
      altered: [] as number[],
      follow: [] as number[],
      remove: [] as RemovedPartition[],
    }));
    for (const { name, id, partitions } of topics) {
      const topicRow = this.#metadata.topics.findByNameString(name);
      partitions.forEach((state, index) => {
        const row = this.#metadata.topics.partitionRow(topicRow, index);
        const { partitions: table } = this.#metadata;
        const isSameTerm = table.leader(row) === state.leader && table.leaderEpoch(row) === state.leaderEpoch;
        if (!full && table.partitionEpoch(row) === state.partitionEpoch) return;
        const hadReplica = !full && table.replicas(row).includes(this.id);
        if (!full) this.#writer.updatePartition(row, state, cluster.featuresEpoch);
        const shard = rows[shardOf(topicNameHashOfString(name), index, this.shards.length)]!;
        if (!state.replicas.includes(this.id)) {
          if (hadReplica) shard.remove.push({ topic: name, topicId: id, partition: index, row, topicDeleted: false });
          return;
        }
        if (state.leader !== this.id) shard.follow.push(row);
        else (isSameTerm && !full ? shard.altered : shard.lead).push(row);
      });
    }
    const common: Omit<ShardDelta, 'lead' | 'altered' | 'follow' | 'remove'> = {
      imageOffset: cluster.featuresEpoch,
      imageEpoch: 1,
      full,
      removedTopics: [],
      topicConfigs: [],
      brokerConfigs: full ? { cluster: [...this.#options.brokerConfigs], broker: [] } : null,
      resourceConfigs: [],
      cluster,
    };
    for (const [index, shard] of this.shards.entries()) shard.apply({ ...common, ...rows[index]! });
    this.#writer.reclaim(cluster.featuresEpoch);
  }

  partition(topic: string, index: number): Partition {
    const topicRow = this.#metadata.topics.findByNameString(topic);
    const row = this.#metadata.topics.partitionRow(topicRow, index);
    const found = this.#shardOf(topic, index).replicas.findReplica(row, this.#metadata.partitions.topicGeneration(row));
    assert.ok(typeof found !== 'number', `${topic}-${index} cannot be opened`);
    return found;
  }

  /** Has a log moved to another directory; answers the error code when that has begun. */
  move(topic: string, index: number, directory: number): Promise<number> {
    const shard = this.#shardOf(topic, index);
    return new Promise((resolve) => alterLogDirectory(shard.replicas, topic, index, directory, resolve));
  }

  /** Whether a log is being moved. */
  get isMoving(): boolean {
    let isMoving = false;
    this.#metadata.partitions.forEachRow((row) => {
      isMoving ||= this.#metadata.runtime.futureDirectory(row) >= 0;
    });
    return isMoving;
  }

  #shardOf(topic: string, index: number): Shard {
    return this.shards[shardOf(topicNameHashOfString(topic), index, this.shards.length)]!;
  }

  tick(): void {
    for (const shard of this.shards) shard.tick();
  }

  writeCheckpoints(): Promise<void> {
    return this.#checkpoints.write();
  }

  /** As SIGKILL: nothing of it runs any more; what it wrote is there. */
  kill(): void {
    this.#clock.isDead = true;
    this.#options.network.unplug(String(this.id));
  }
}
