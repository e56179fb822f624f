import assert from 'node:assert/strict';
import type { Disk } from '../../engine/base/disk.ts';
import { arenaLimitsFor, ringLimitsFor } from '../../engine/base/limits.ts';
import type { Transport, TransportEvents } from '../../engine/base/transport.ts';
import { SharedMetadataWriter } from '../../engine/metadata/columns/shared-metadata.ts';
import { builtInProperties } from '../../engine/metadata/config/broker-config.ts';
import { encodeTopicConfig } from '../../engine/metadata/topic-config-bytes.ts';
import { Metrics } from '../../engine/node/metrics.ts';
import { Shard } from '../../engine/node/shard.ts';
import type { ShardEnvironment } from '../../engine/node/shard-start.ts';
import { ProcessMemory } from '../../engine/node/thread-memory.ts';
import { BackgroundPool } from '../../workers/background.ts';
import { MemoryLogger } from './memory-logger.ts';
import { firstDirectory, partitionState } from './partition-state.ts';
import { SeededRandom } from './seeded-random.ts';
import { codecsOfShard, sharedByShards } from './shard-surroundings.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { SteppedClock } from './stepped-clock.ts';

export interface GroupTopic {
  readonly name: string;
  readonly id: string;
  readonly partitions: number;
  readonly configs?: ReadonlyMap<string, string>;
}

/**
 * Several shards in one thread, over the same rings and arenas that threads share, on simulated disks and a stepped
 * clock: what crosses from one shard to another can be tested without threads, one turn after the other.
 */
export class ShardGroup {
  readonly shards: Shard[] = [];
  readonly clock = new SteppedClock();
  readonly logger = new MemoryLogger();
  readonly metadata: SharedMetadataWriter;
  readonly memory: ProcessMemory;
  readonly failures: unknown[] = [];
  private deferred: (() => void)[] = [];

  constructor(
    shards: number,
    topics: readonly GroupTopic[],
    disk: Disk = new SimulatedDisk(),
    jobs: ShardEnvironment['jobs'] = new BackgroundPool(this.logger, new Map(), 'warn'),
  ) {
    const ring = ringLimitsFor(shards);
    const arena = { ...arenaLimitsFor(shards, 8 * 2 ** 30), slabs: 12 };
    this.memory = new ProcessMemory(shards, ring, arena, arena);
    this.metadata = publish(topics);
    const properties = builtInProperties();
    const shared = sharedByShards(shards);
    for (let shard = 0; shard < shards; shard++) {
      this.shards.push(
        new Shard(
          {
            nodeId: 1,
            shards,
            memory: this.memory.of(shard),
            metadata: this.metadata.describe(),
            metrics: Metrics.allocate(),
            ...shared,
            properties,
            cluster: { clusterId: 'test', brokers: [], features: [], featuresEpoch: -1 },
          },
          {
            clock: this.clock,
            sharedMs: () => this.clock.monotonicMs(),
            random: new SeededRandom(shard + 1),
            logger: this.logger,
            ...codecsOfShard(),
            defer: this.defer,
            jobs,
            directories: [{ disk, isClean: true, logs: new Int32Array(new SharedArrayBuffer(4)) }],
            fatal: (error) => this.failures.push(error),
          },
        ),
      );
    }
  }

  /** Runs a function in one of the next turns. */
  readonly defer = (run: () => void): void => {
    this.deferred.push(run);
  };

  /** Takes what was deferred, once; whether there was any. */
  turn(): boolean {
    const runs = this.deferred;
    this.deferred = [];
    for (const run of runs) run();
    return runs.length > 0;
  }

  /** Takes turns, and lets promises and wake-ups come in between, until nothing is left to do. */
  async settle(): Promise<void> {
    for (let idle = 0; idle < 3; idle++) {
      while (this.turn()) idle = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(this.failures, []);
  }

  connect(shard: number): FakeClient {
    const client = new FakeClient();
    const events = this.shards[shard]!.accept(client, 'PLAINTEXT');
    assert.notEqual(events, null);
    client.events = events!;
    client.land();
    return client;
  }
}

function publish(topics: readonly GroupTopic[]): SharedMetadataWriter {
  const writer = new SharedMetadataWriter();
  for (const { name, id, partitions, configs } of topics) {
    writer.createTopic(
      { name, id, isInternal: false, config: encodeTopicConfig(configs ?? new Map()) },
      Array.from({ length: partitions }, () => partitionState({ directories: [firstDirectory] })),
    );
  }
  return writer;
}

/** The client's end of a connection: what it sends lands as the kernel would let it land. */
export class FakeClient implements Transport {
  readonly remoteAddress = '127.0.0.1';
  readonly remotePort = 1;
  readonly localAddress = '127.0.0.1';
  readonly localPort = 2;
  events!: TransportEvents;
  isDestroyed = false;
  isPaused = false;
  /** Completions of writes are held back while this is set: a peer that does not read. */
  holdsWrites = false;
  private landing!: Uint8Array;
  private received: Uint8Array[] = [];
  private held: (() => void)[] = [];
  private queued = 0;

  /** As the kernel does: it is told where to put the next bytes long before they come. */
  land(): void {
    this.landing = this.events.landing();
  }

  /** Sends bytes in pieces of at most `pieceBytes`. */
  send(bytes: Uint8Array, pieceBytes: number = Number.MAX_SAFE_INTEGER): void {
    for (let at = 0; at < bytes.length && !this.isDestroyed; ) {
      assert.equal(this.isPaused, false, 'the broker does not read');
      const length = Math.min(bytes.length - at, this.landing.length, pieceBytes);
      this.landing.set(bytes.subarray(at, at + length));
      at += length;
      this.events.received(length);
      this.land();
    }
  }

  /** As `send`, up to where the broker stops reading or closes; answers how many bytes it took. */
  sendWhileRead(bytes: Uint8Array, pieceBytes: number): number {
    let at = 0;
    while (at < bytes.length && !this.isDestroyed && !this.isPaused) {
      const length = Math.min(bytes.length - at, this.landing.length, pieceBytes);
      this.send(bytes.subarray(at, at + length));
      at += length;
    }
    return at;
  }

  /** The answers that have come: frames without their size. */
  answers(): Uint8Array[] {
    const bytes = Buffer.concat(this.received);
    const frames: Uint8Array[] = [];
    let at = 0;
    while (at + 4 <= bytes.length) {
      const size = bytes.readInt32BE(at);
      if (at + 4 + size > bytes.length) break;
      frames.push(bytes.subarray(at + 4, at + 4 + size));
      at += 4 + size;
    }
    this.received = [bytes.subarray(at)];
    return frames;
  }

  cork(): void {
    // Every write is taken at once.
  }

  uncork(): void {
    // As above.
  }

  write(bytes: Uint8Array, done?: (failed: boolean) => void): void {
    this.received.push(Uint8Array.from(bytes));
    if (!this.holdsWrites) {
      done?.(false);
      return;
    }
    this.queued += bytes.length;
    this.held.push(() => {
      this.queued -= bytes.length;
      done?.(false);
    });
  }

  unsentBytes(): number {
    return this.queued;
  }

  release(): void {
    this.holdsWrites = false;
    for (const finish of this.held.splice(0)) finish();
    this.events.drained?.();
  }

  pauseReading(): void {
    this.isPaused = true;
  }

  resumeReading(): void {
    this.isPaused = false;
  }

  end(): void {
    this.destroy();
  }

  destroy(): void {
    this.isDestroyed = true;
    for (const finish of this.held.splice(0)) finish();
  }

  close(): void {
    this.isDestroyed = true;
    for (const finish of this.held.splice(0)) finish();
    this.events.closed(undefined);
  }
}
