import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Logger } from '../base/logger.ts';
import type { ShardCommand, ShardReport, ShardTask } from '../node/shard-task.ts';
import { ConnectionRelay } from './connection-relay.ts';
import type { NodeOptions } from './node-options.ts';

export interface ShardPoolOptions {
  readonly shards: number;
  readonly connectionCounts: SharedArrayBuffer;
  readonly threads: Piscina;
  readonly logger: Logger;
  taskOf(shard: number): Omit<ShardTask, 'port'>;
  onReport(shard: number, report: ShardReport): void;
  /** A shard's thread has ended, of `error`. True: start it again. */
  onDeath(shard: number, error: unknown): boolean;
}

/**
 * As many threads as there will be shards, without their tasks: they boot while the node does what comes before, which is
 * a third of its start.
 */
export function bootThreads({ shardEntry, shardHeapMb, logger }: NodeOptions, shards: number): Piscina {
  // 'sync' would block a thread's event loop between tasks; these tasks never end, and their event loops must run.
  const threads = new Piscina({
    filename: shardEntry.href,
    minThreads: shards,
    maxThreads: shards,
    idleTimeout: Number.POSITIVE_INFINITY,
    atomics: 'disabled',
    ...(shardHeapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: shardHeapMb } }),
  });
  // A thread that dies without a task: there is nothing that it could have held.
  threads.on('error', (error) => logger.warn({ err: error }, 'an idle thread died'));
  return threads;
}

/** The threads of the shards: a pool of resident tasks, one a thread, that live as long as the process. */
export class ShardPool {
  private readonly options: ShardPoolOptions;
  private readonly pool: Piscina;
  private readonly ports: (MessagePort | undefined)[] = [];
  /** By shard: resolves when its thread is gone, with all that it had under way. */
  private readonly exits: (Promise<void> | undefined)[] = [];
  private readonly relay: ConnectionRelay;
  private isClosing = false;

  constructor(options: ShardPoolOptions) {
    this.options = options;
    this.relay = new ConnectionRelay({
      shards: options.shards,
      connectionCounts: options.connectionCounts,
      isAlive: (shard) => this.isAlive(shard),
      send: (shard, command) => this.send(shard, command),
    });
    this.pool = options.threads;
  }

  start(shard: number): void {
    const { port1, port2 } = new MessageChannel();
    this.ports[shard] = port1;
    port1.on('message', (report: ShardReport) => {
      if (report.kind === 'ready') this.watchExit(shard, report.threadId);
      if (report.kind === 'handOver') this.relay.take(shard, report);
      else if (report.kind === 'adopted') this.relay.adopted(report.fd);
      else this.options.onReport(shard, report);
    });
    const task = { ...this.options.taskOf(shard), port: port2 };
    this.pool.run(task, { transferList: [port2] }).then(
      () => this.ended(shard, undefined),
      (error: unknown) => this.ended(shard, error ?? new Error('the thread ended')),
    );
  }

  /** False between a death and the start of another incarnation, and for good where there is none. */
  isAlive(shard: number): boolean {
    return this.ports[shard] !== undefined;
  }

  send(shard: number, command: ShardCommand): void {
    this.ports[shard]?.postMessage(command);
  }

  broadcast(command: ShardCommand): void {
    for (let shard = 0; shard < this.options.shards; shard++) this.send(shard, command);
  }

  async close(): Promise<void> {
    this.isClosing = true;
    for (const port of this.ports) port?.close();
    await this.pool.destroy();
  }

  /** From now on a thread that ends is not started again. */
  expectEnds(): void {
    this.isClosing = true;
  }

  private watchExit(shard: number, threadId: number): void {
    const worker: Worker | undefined = this.pool.threads.find((thread) => thread.threadId === threadId);
    this.exits[shard] = worker && new Promise((resolve) => worker.once('exit', () => resolve()));
  }

  /**
   * The task is over, by an error; its thread is about to end. Until it has, it may have writes under way that would hit
   * the files of its successor.
   */
  private ended(shard: number, error: unknown): void {
    // What it reported last may still be in the port.
    if (this.isClosing && error === undefined) return;
    this.ports[shard]?.close();
    this.ports[shard] = undefined;
    const exited = this.exits[shard] ?? Promise.resolve();
    this.exits[shard] = undefined;
    exited.then(() => {
      this.relay.died(shard);
      if (!this.isClosing) this.options.logger.error({ err: error, shard }, 'a shard died');
      if (this.options.onDeath(shard, error) && !this.isClosing) this.start(shard);
    });
  }
}
