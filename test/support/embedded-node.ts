/** A node of ours inside the test's own process, so that its shards can be made to fail and asked what they hold. */
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BroadcastChannel } from 'node:worker_threads';
import { Node } from '#engine/coordinator/node.ts';
import type { NodeOptions } from '#engine/coordinator/node-options.ts';
import { parseBrokerConfig } from '#engine/metadata/config/broker-config.ts';
import type { ShardStats } from '#engine/node/shard-stats.ts';
import { checksum } from '#native/checksum.ts';
import { compression } from '#native/compression.ts';
import { controlCodec } from '#workers/control-codec.ts';
import { type Fault, faultChannel } from './faulty-shard.ts';
import { freePorts } from './free-port.ts';
import { MemoryLogger } from './memory-logger.ts';
import { makeTempDir, removeTempDir } from './temp-dir.ts';
import { patienceMs } from './until.ts';

/** A file system in memory, where there is one: thousands of logs are made and flushed. */
const sharedMemory = '/dev/shm';

export interface EmbeddedOptions extends Pick<NodeOptions, 'shardDeathsAllowed' | 'shardHeapMb'> {
  readonly properties?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

export class EmbeddedNode {
  readonly port: number;
  readonly node: Node;
  readonly logger: MemoryLogger;
  /** Why the node gave up, if it did. */
  readonly fatal: string[];
  readonly directory: string;
  readonly #faults = new BroadcastChannel(faultChannel);

  private constructor(port: number, node: Node, logger: MemoryLogger, fatal: string[], directory: string) {
    this.port = port;
    this.node = node;
    this.logger = logger;
    this.fatal = fatal;
    this.directory = directory;
  }

  static async start(t: { after(run: () => unknown): void }, options: EmbeddedOptions = {}): Promise<EmbeddedNode> {
    const directory =
      options.directory ?? makeTempDir('millrace-', existsSync(sharedMemory) ? sharedMemory : undefined);
    const [port, controllerPort] = await freePorts(2);
    const properties = new Map(
      Object.entries({
        'process.roles': 'broker,controller',
        'node.id': '1',
        'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
        listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
        'controller.listener.names': 'CONTROLLER',
        'log.dirs': directory,
        'num.io.threads': '2',
        // The coordinator shares its thread with the test, which may keep it from its heartbeats.
        'broker.session.timeout.ms': '60000',
        'offsets.topic.replication.factor': '1',
        'millrace.metrics.listener': '',
        ...options.properties,
      }),
    );
    const logger = new MemoryLogger();
    const fatal: string[] = [];
    const { shardDeathsAllowed, shardHeapMb } = options;
    const node = new Node({
      properties,
      config: parseBrokerConfig(properties),
      logger,
      logLevel: (process.env.MILLRACE_LOG_LEVEL as NodeOptions['logLevel'] | undefined) ?? 'silent',
      shardEntry: new URL('./faulty-shard.ts', import.meta.url),
      metricsEntry: new URL('../../workers/metrics.ts', import.meta.url),
      checksum,
      compression,
      codec: controlCodec(),
      ...(shardDeathsAllowed === undefined ? {} : { shardDeathsAllowed }),
      ...(shardHeapMb === undefined ? {} : { shardHeapMb }),
      fatal: (reason) => fatal.push(reason),
    });
    await node.start();
    const embedded = new EmbeddedNode(port, node, logger, fatal, directory);
    t.after(async () => {
      await embedded.stop();
      if (options.directory === undefined) removeTempDir(directory);
    });
    return embedded;
  }

  #stopped: Promise<void> | undefined;

  stop(): Promise<void> {
    this.#faults.close();
    this.#stopped ??= this.node.stop();
    return this.#stopped;
  }

  /** Once every shard is there to hear it: one that was just started again may not be yet. */
  async inflict(fault: Fault): Promise<void> {
    await this.stats();
    this.#faults.postMessage(fault);
  }

  /** Deaths of shards that the node has dealt with. */
  deaths(): number {
    return this.logger.lines.filter(({ message }) => message === 'a shard died').length;
  }

  /** Asks again where a shard died before it could answer. */
  async stats(): Promise<ShardStats[]> {
    for (;;) {
      const stats = await Promise.race([this.node.stats(), sleep(1000, undefined)]);
      if (stats !== undefined) return stats;
    }
  }

  /** What the shards hold once nothing moves any more: two looks in a row that are the same. */
  async quietStats(withinMs = patienceMs): Promise<ShardStats[]> {
    const deadline = performance.now() + withinMs;
    let last = '';
    while (performance.now() < deadline) {
      const stats = await this.stats();
      const text = JSON.stringify(stats);
      if (text === last && stats.every((shard) => shard.waiting === 0 && shard.requestsUnderWay === 0)) return stats;
      last = text;
      await sleep(50);
    }
    return this.stats();
  }
}

/** What must be the same before and after, whatever went on in between. */
export function holdings(stats: readonly ShardStats[]): object[] {
  return stats.map(
    ({ shard, arena, links, connections, requestsUnderWay, fetchCalls, fetchGuests, waiting, heapBytes }) => ({
      shard,
      chunks: arena.liveChunks,
      counts: arena.heldCounts,
      links: links.map(({ creditsOutstanding, pending, returnsPending, controlQueued }) => ({
        creditsOutstanding,
        pending,
        returnsPending,
        controlQueued,
      })),
      connections,
      requestsUnderWay,
      fetchCalls,
      fetchGuests,
      waiting,
      heapBytes,
    }),
  );
}
