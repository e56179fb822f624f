/** The resident task of a shard whose disks fail and stall for as long as a file beside the log directory says so. */
import { spawnSync } from 'node:child_process';
import fs, { constants, existsSync } from 'node:fs';
import { type Disk, DiskError, type DiskFile, type Done } from '../../engine/base/disk.ts';
import { systemClock } from '../../engine/io/clock.ts';
import type { ShardTask } from '../../engine/node/shard-task.ts';
import { runShardOver } from '../../workers/shard.ts';
import { faultFile, faultNow } from './fault-files.ts';
import type { ForwardedOperation } from './forwarding-disk.ts';
import { StallingDisk } from './stalling-disk.ts';

const stalls = { everyMs: 1500, stallMs: 500 };
/** What a directory that stalls holds of libuv's pool, as RealDisk would. */
const blockedThreads = 2;

export default function runFaultyShard(task: ShardTask): Promise<void> {
  return runShardOver(task, (disk) => new FaultyDisk(disk));
}

class FaultyDisk extends StallingDisk {
  readonly #fifo: string;

  constructor(inner: Disk) {
    super(inner, systemClock, stalls);
    this.#fifo = `${inner.root}.${process.pid}.fifo`;
    if (!existsSync(this.#fifo)) spawnSync('mkfifo', [this.#fifo]);
  }

  override write(file: DiskFile, positionBytes: number, buffers: readonly Uint8Array[], done: Done<number>): void {
    const code = faultNow(this.root, 'write');
    if (code === null) super.write(file, positionBytes, buffers, done);
    else queueMicrotask(() => done(new DiskError(code, 'write', file.path), 0));
  }

  override sync(file: DiskFile, done: Done<void>): void {
    const code = faultNow(this.root, 'sync');
    if (code === null) {
      super.sync(file, done);
      return;
    }
    this.fail(`sync of ${file.path} failed: ${code}`);
    queueMicrotask(() => done(new DiskError(code, 'sync', file.path), undefined));
  }

  protected override forward(operation: ForwardedOperation, run: () => void): void {
    if (!existsSync(faultFile(this.root, 'stalls'))) {
      run();
      return;
    }
    const before = this.stalledOperations;
    super.forward(operation, run);
    if (this.stalledOperations > before) this.#block();
  }

  /** Opening a pipe that nobody writes holds a thread of the pool until somebody does. */
  #block(): void {
    for (let n = 0; n < blockedThreads; n++) {
      fs.open(this.#fifo, 'r', (error, fd) => {
        if (error === null) fs.closeSync(fd);
      });
    }
    systemClock.schedule(stalls.stallMs, () => fs.closeSync(fs.openSync(this.#fifo, constants.O_RDWR)));
  }
}
