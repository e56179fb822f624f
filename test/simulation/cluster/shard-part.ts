import type { Disk } from '../../../engine/base/disk.ts';
import { arenaLimitsFor, ringLimitsFor } from '../../../engine/base/limits.ts';
import type { Logger } from '../../../engine/base/logger.ts';
import type { Random } from '../../../engine/base/random.ts';
import type { Transport, TransportEvents } from '../../../engine/base/transport.ts';
import { LogCheckpoints } from '../../../engine/coordinator/log-checkpoints.ts';
import type { NodeDirectory } from '../../../engine/coordinator/log-directories.ts';
import { LogFinder } from '../../../engine/coordinator/log-finder.ts';
import { StaleCheckpoints } from '../../../engine/coordinator/stale-checkpoints.ts';
import { SharedMetadata, SharedMetadataWriter } from '../../../engine/metadata/columns/shared-metadata.ts';
import { builtInProperties } from '../../../engine/metadata/config/broker-config.ts';
import type { PublisherMessage } from '../../../engine/metadata/delta.ts';
import type { ImageChanges } from '../../../engine/metadata/image/states.ts';
import type { ForwardMessage } from '../../../engine/node/messages.ts';
import { Metrics } from '../../../engine/node/metrics.ts';
import { Publisher } from '../../../engine/node/publisher/publisher.ts';
import { Shard } from '../../../engine/node/shard.ts';
import { ProcessMemory } from '../../../engine/node/thread-memory.ts';
import { codecsOfShard, sharedByShards, startCoordinatorEnd } from '../../support/shard-surroundings.ts';
import type { NodeClock } from '../world/node-clock.ts';
import { installWaits } from '../world/waits.ts';
import type { QuorumPart } from './quorum-part.ts';
import { clusterId } from './setup.ts';

installWaits();

/** One turn takes some time, however short. */
const turnMs = 0.02;
const tickMs = 500;
const checkpointMs = 3_000;
const smallSlabs = 4;

export interface ShardEnvironment {
  readonly nodeId: number;
  readonly clock: NodeClock;
  readonly random: Random;
  readonly logger: Logger;
  readonly disk: Disk;
  readonly quorum: QuorumPart;
  readonly properties: ReadonlyMap<string, string>;
  connect(host: string, port: number, events: TransportEvents, connected: () => void): Transport;
  /** A request that the shard passes on to the active controller. */
  forward(message: ForwardMessage, answered: (body: Uint8Array | null) => void): void;
  published(offset: number): void;
  failed(error: unknown): void;
}

/** The data side of a node: one shard, what is published to it, and its log directory. */
export class ShardPart {
  readonly shard: Shard;
  readonly publisher: Publisher;
  readonly columns: SharedMetadata;
  isPublishing = false;
  #firstPublished: (() => void) | null = null;
  readonly #environment: ShardEnvironment;
  readonly #shared = new SharedMetadataWriter({ rowsPerSegment: 64, bytesSegmentBytes: 65_536, topicBuckets: 16 });
  readonly #directory: NodeDirectory;
  readonly #checkpoints: LogCheckpoints;
  readonly #stale: StaleCheckpoints;

  constructor(environment: ShardEnvironment) {
    this.#environment = environment;
    const { disk, logger } = environment;
    const [stateWord, logsWord] = [new SharedArrayBuffer(4), new SharedArrayBuffer(4)];
    this.#directory = { path: disk.root, disk, stateWord, logsWord, isClean: false, previousBrokerEpoch: -1 };
    this.columns = new SharedMetadata(this.#shared.describe());
    this.#checkpoints = new LogCheckpoints([this.#directory], this.columns, logger);
    this.#stale = new StaleCheckpoints((topics) => this.#checkpoints.write(undefined, topics));
    this.shard = this.#makeShard();
    this.publisher = this.#makePublisher();
  }

  /** As a node starts: the first image goes to the shard, then logs are found. */
  async start(): Promise<void> {
    const { logger, clock, failed } = this.#environment;
    this.isPublishing = true;
    const published = new Promise<void>((resolve) => {
      this.#firstPublished = resolve;
    });
    this.publisher.start();
    await published;
    let next = 0;
    const hex = (): string => String(next++).padStart(32, '0');
    const finder = new LogFinder({
      directories: [this.#directory],
      metadata: this.columns,
      checkpoints: this.#checkpoints,
      logger,
      randomHex: hex,
    });
    await finder.find();
    this.shard.recover();
    await finder.removeDeleted();
    const tick = (): void => {
      this.shard.tick();
      clock.schedule(tickMs, tick);
    };
    clock.schedule(tickMs, tick);
    const write = (): void => {
      this.#checkpoints.write().then(() => clock.schedule(checkpointMs, write), failed);
    };
    clock.schedule(checkpointMs, write);
  }

  notePublished(): void {
    this.#firstPublished?.();
  }

  accept(transport: Transport): TransportEvents | null {
    return this.shard.accept(transport, 'PLAINTEXT');
  }

  publish(changes: ImageChanges): void {
    this.publisher.publish(changes);
  }

  #makePublisher(): Publisher {
    const { nodeId, quorum, clock, published } = this.#environment;
    return new Publisher({
      image: quorum.image,
      shared: this.#shared,
      nodeId,
      clusterId,
      shards: 1,
      kraftVersion: () => quorum.driver.kraftVersion,
      send: (_, message) => {
        if (message.kind === 'segments') for (const segment of message.segments) this.columns.addSegment(segment);
        clock.schedule(turnMs, () => this.#take(message));
      },
      mayPublish: (changes, resume) => this.#stale.mayPublish(changes, resume),
      published,
    });
  }

  #take(message: PublisherMessage): void {
    if (message.kind === 'segments') {
      this.shard.addSegments(message.segments);
      this.publisher.acknowledgeSegments(0, message.number);
    } else {
      this.shard.apply(message.delta);
      this.publisher.acknowledge(0, message.delta.imageOffset);
    }
  }

  #makeShard(): Shard {
    const { nodeId, clock, random, logger, disk, properties, connect, forward, failed } = this.#environment;
    const defer = (run: () => void): void => void clock.schedule(turnMs, run);
    const arena = { ...arenaLimitsFor(1, 2 ** 30), slabs: smallSlabs, reservedSlabs: [0, 0, 0, 0] };
    const memory = new ProcessMemory(1, ringLimitsFor(1), arena, arena);
    startCoordinatorEnd(memory, { defer, forward: (message, answered) => forward(message, answered), failed });
    const start = {
      nodeId,
      shards: 1,
      memory: memory.of(0),
      metadata: this.#shared.describe(),
      metrics: Metrics.allocate(),
      ...sharedByShards(1),
      properties: new Map([...builtInProperties(), ['node.id', String(nodeId)], ...properties]),
      cluster: { clusterId, brokers: [], features: [], featuresEpoch: -1 },
    };
    return new Shard(start, {
      clock,
      sharedMs: () => clock.monotonicMs(),
      random,
      logger,
      ...codecsOfShard(),
      defer,
      jobs: {
        checkCompressed: () => failed(new Error('nothing is compressed here')),
        clean: () => {
          throw new Error('nothing is compacted here');
        },
      },
      directories: [{ disk, isClean: false, logs: new Int32Array(this.#directory.logsWord) }],
      fatal: failed,
      connect,
    });
  }
}
