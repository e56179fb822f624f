import { closeSync } from 'node:fs';
import { setImmediate } from 'node:timers';
import { threadId } from 'node:worker_threads';
import type { Disk } from '../engine/base/disk.ts';
import { limits } from '../engine/base/limits.ts';
import type { Listener, Transport, TransportEvents } from '../engine/base/transport.ts';
import { sharedMs, systemClock } from '../engine/io/clock.ts';
import { collectWhenIdle } from '../engine/io/collect-when-idle.ts';
import { DescriptorCache } from '../engine/io/disk/descriptor-cache.ts';
import { DirectoryState } from '../engine/io/disk/directory-state.ts';
import { RealDisk } from '../engine/io/disk/real-disk.ts';
import { volumeSpace } from '../engine/io/disk/volume-space.ts';
import { createLogger } from '../engine/io/logger.ts';
import { connect } from '../engine/io/net/connect.ts';
import { adopt, listen } from '../engine/io/net/listener.ts';
import { SystemRandom } from '../engine/io/random.ts';
import { decodeTopicConfig } from '../engine/metadata/topic-config-bytes.ts';
import type { LeavingConnection } from '../engine/node/moved-connection.ts';
import { Shard } from '../engine/node/shard.ts';
import type { ShardCommand, ShardReport, ShardTask } from '../engine/node/shard-task.ts';
import { checksum } from '../native-bindings/checksum.ts';
import { compression } from '../native-bindings/compression.ts';
import { canDuplicateDescriptors } from '../native-bindings/descriptors.ts';
import { recordWalk } from '../native-bindings/record-walk.ts';
import { BackgroundPool } from './background.ts';
import { controlCodec } from './control-codec.ts';

const idleCheckMs = 1000;

/** The resident task of a shard: it ends when the coordinator says so, or by the error that killed it. */
export default function runShard(task: ShardTask): Promise<void> {
  return runShardOver(task, (disk) => disk);
}

/** The same over disks of one's own, made from the real ones: for tests with faults. */
export function runShardOver(task: ShardTask, over: (disk: Disk) => Disk): Promise<void> {
  return new Promise((resolve, reject) => new ShardThread(task, over, resolve, reject));
}

function loopTimes(): { busyMs: number; idleMs: number } {
  const { active, idle } = performance.eventLoopUtilization();
  return { busyMs: active, idleMs: idle };
}

/** Wires a Shard to this thread: its disks, its sockets, its clock and its port to the coordinator. */
class ShardThread {
  private readonly task: ShardTask;
  private readonly over: (disk: Disk) => Disk;
  private readonly shard: Shard;
  private readonly jobs: BackgroundPool;
  private readonly idleTimer: NodeJS.Timeout;
  private readonly pulseTimer: NodeJS.Timeout;
  private readonly resolve: () => void;
  private readonly reject: (error: unknown) => void;
  private readonly logger;
  private listeners: Listener[] = [];
  private isClosing = false;

  constructor(task: ShardTask, over: (disk: Disk) => Disk, resolve: () => void, reject: (error: unknown) => void) {
    this.task = task;
    this.over = over;
    this.resolve = resolve;
    this.reject = reject;
    this.logger = createLogger({ thread: `shard-${task.start.memory.mesh.self}`, level: task.logLevel });
    const states = new Map(task.directories.map(({ path, state }) => [path, state]));
    this.jobs = new BackgroundPool(this.logger, states, task.logLevel);
    this.shard = this.createShard();
    this.idleTimer = setInterval(() => this.shard.tick(), idleCheckMs);
    this.pulseTimer = setInterval(() => this.shard.beat(), limits.pulseIntervalMs);
    task.port.on('message', (command: ShardCommand) => this.obey(command));
    this.report({ kind: 'ready', threadId });
    collectWhenIdle();
  }

  private createShard(): Shard {
    const { task, logger } = this;
    const clock = systemClock;
    const descriptors = new DescriptorCache(task.descriptorBudget);
    const directories = task.directories.map(({ path, isClean, state, logs }) => {
      const directoryState = new DirectoryState(new Int32Array(state));
      const disk = new RealDisk({ root: path, clock, logger, state: directoryState, descriptors });
      return { disk: this.over(disk), isClean, logs: new Int32Array(logs) };
    });
    const fatal = (error: unknown): void => {
      // Thrown from the event loop and not caught here: the thread's state is not to be trusted any more.
      setImmediate(() => {
        throw error;
      });
    };
    return new Shard(task.start, {
      clock,
      sharedMs,
      random: new SystemRandom(),
      logger,
      checksum,
      compression,
      recordWalk,
      codec: controlCodec(),
      decodeOverrides: decodeTopicConfig,
      // Not a Buffer, whose slice() does not copy.
      view: (buffer) => new Uint8Array(buffer),
      defer: setImmediate,
      jobs: this.jobs,
      connect: (host, port, events, connected) => connect({ host, port, events, connected }),
      directories,
      ...(canDuplicateDescriptors
        ? { giveConnection: (leaving: LeavingConnection) => this.report({ kind: 'handOver', ...leaving }) }
        : {}),
      askForCheckpoints: (which) => this.report({ kind: 'checkpoint', which }),
      volumeSpace,
      fatal,
      loopTimes,
    });
  }

  private obey(command: ShardCommand): void {
    switch (command.kind) {
      case 'segments':
        this.shard.addSegments(command.segments);
        this.report({ kind: 'segmentsAdded', number: command.number });
        break;
      case 'delta':
        this.shard.apply(command.delta);
        this.report({ kind: 'deltaApplied', imageOffset: command.delta.imageOffset });
        break;
      case 'listen':
        this.listen(command).then(
          () => this.report({ kind: 'listening' }),
          (error: Error) => this.report({ kind: 'listenFailed', message: error.message }),
        );
        break;
      case 'renewLink':
        this.shard.renewLink(command.link);
        this.report({ kind: 'linkRenewed', thread: command.link.thread });
        break;
      case 'stats':
        this.report({ kind: 'stats', number: command.number, stats: this.shard.stats() });
        break;
      case 'adopt':
        this.adopt(command);
        break;
      case 'stopListening':
        this.stopListening();
        break;
      case 'checkpointed':
        this.shard.checkpointed(command.which);
        break;
      case 'recover':
        this.shard.recover(command.directoryIds);
        break;
      case 'close':
        this.close();
        break;
    }
  }

  private async listen({ listeners, reusePort }: Extract<ShardCommand, { kind: 'listen' }>): Promise<void> {
    this.listeners = await Promise.all(
      listeners.map(({ name, host, port }) =>
        listen({
          host,
          port,
          reusePort,
          accept: (transport) => this.shard.accept(transport, name),
          handOver: {
            isWanted: () => this.shard.connections.isOverShare(this.task.start.shards),
            give: (fd, address) => this.handOver(fd, address, name),
          },
          failed: (error) => this.logger.warn({ err: error, listener: name }, 'a connection could not be accepted'),
        }),
      ),
    );
  }

  private handOver(fd: number, address: string, listener: string): void {
    if (this.shard.connections.enter(address)) this.report({ kind: 'handOver', fd, address, listener });
    else closeSync(fd);
  }

  private adopt({ fd, address, listener, moved }: Extract<ShardCommand, { kind: 'adopt' }>): void {
    const accept = (transport: Transport): TransportEvents | null => this.shard.adopt(transport, listener, moved);
    const isTaken = !this.isClosing && adopt(fd, address, accept);
    if (!isTaken) this.shard.connections.leave(address);
    this.report({ kind: 'adopted', fd });
  }

  private stopListening(): void {
    for (const listener of this.listeners) listener.close(() => {});
    this.listeners = [];
  }

  private close(): void {
    this.isClosing = true;
    this.stopListening();
    this.shard.close((failedDirectories) => {
      clearInterval(this.idleTimer);
      clearInterval(this.pulseTimer);
      this.report({ kind: 'closed', failedDirectories: [...failedDirectories] });
      this.jobs.close().then(() => {
        this.task.port.close();
        this.resolve();
      }, this.reject);
    });
  }

  private report(report: ShardReport): void {
    this.task.port.postMessage(report);
  }
}
