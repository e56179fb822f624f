import fs from 'node:fs';
import { assert } from '../../base/assert.ts';
import type { Clock } from '../../base/clock.ts';
import { type DirectoryEntry, type Disk, DiskError, type DiskFile, type Done } from '../../base/disk.ts';
import { diskLimits } from '../../base/limits.ts';
import type { Logger } from '../../base/logger.ts';
import type { DescriptorCache } from './descriptor-cache.ts';
import type { DirectoryState } from './directory-state.ts';
import { toDiskError } from './errors.ts';
import { FileNames } from './file-names.ts';
import { FileOpener } from './file-opener.ts';
import * as names from './name-operations.ts';
import { type Lane, lane, OperationQueue, type Run } from './operation-queue.ts';
import { type DescriptorOwner, RealFile } from './real-file.ts';
import { RenameGate } from './rename-gate.ts';
import { SpeedPolicy } from './speed-policy.ts';
import { readFully, readNow, totalBytes, writeNow, writePooled } from './transfer.ts';

export interface RealDiskOptions {
  /** Absolute path of the log directory; it exists. */
  readonly root: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The directory's word, shared by all threads that use it. */
  readonly state: DirectoryState;
  /** Shared by all disks of this thread. */
  readonly descriptors: DescriptorCache;
  readonly policy?: SpeedPolicy;
  readonly operationsInFlight?: number;
  readonly operationsQueued?: number;
}

const nothing: never = undefined as never;

/**
 * One log directory on one thread. Appends and reads of recent bytes are synchronous while the directory answers at
 * memory speed; all else goes through libuv's pool, a few operations at a time.
 *
 * Order: writes and truncations of one file happen in the order of their calls, and a sync covers the writes called
 * before it. Nothing else is ordered: who needs a name before a write waits for the name's `done`.
 */
export class RealDisk implements Disk, DescriptorOwner {
  readonly root: string;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #state: DirectoryState;
  readonly #descriptors: DescriptorCache;
  readonly #policy: SpeedPolicy;
  readonly #queue: OperationQueue;
  readonly #gate = new RenameGate();
  readonly #opener: FileOpener;
  readonly #files = new FileNames();
  /** Files being replaced, with who waits to replace them again: both use the same temporary name. */
  readonly #replacing = new Map<string, (() => void)[]>();

  constructor(options: RealDiskOptions) {
    this.root = options.root;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#state = options.state;
    this.#descriptors = options.descriptors;
    this.#policy = options.policy ?? new SpeedPolicy();
    this.#opener = new FileOpener(options.root, this.#gate, options.descriptors);
    this.#queue = new OperationQueue(
      options.operationsInFlight ?? diskLimits.operationsInFlight,
      options.operationsQueued ?? diskLimits.operationsQueued,
    );
  }

  /** True while appends and reads of recent bytes are synchronous. */
  get isDirect(): boolean {
    return this.#policy.isDirect;
  }

  isOnline(): boolean {
    return this.#state.isOnline();
  }

  fail(reason: string): void {
    if (this.#state.takeOffline()) this.#logger.error({ directory: this.root, reason }, 'log directory is offline');
  }

  file(path: string): RealFile {
    const file = new RealFile(this, names.checked(path));
    this.#files.add(file);
    return file;
  }

  write(file: DiskFile, positionBytes: number, buffers: readonly Uint8Array[], done: Done<number>): void {
    const real = this.#own(file);
    if (this.#policy.isDirect && real.fd >= 0 && !real.changing && this.#state.isOnline()) {
      this.#writeDirect(real, positionBytes, buffers, done);
      return;
    }
    const bytes = totalBytes(buffers);
    this.#change<number>(real, 'write', 0, done, (finish) =>
      this.#open(real, 'write', true, finish, () => {
        const startedMs = this.#clock.monotonicMs();
        markWritten(real);
        this.#descriptors.touch(real);
        writePooled(real.fd, positionBytes, buffers, (error, written) => {
          const nowMs = this.#clock.monotonicMs();
          this.#policy.pooled(nowMs - startedMs, bytes, nowMs);
          if (error !== null) finish(toDiskError(error, 'write', real.path), 0);
          else finish(written === bytes ? null : short(real, written, bytes), written);
        });
      }),
    );
  }

  read(file: DiskFile, positionBytes: number, into: Uint8Array, recent: boolean, done: Done<number>): void {
    const real = this.#own(file);
    if (recent && this.#policy.isDirect && real.fd >= 0 && this.#state.isOnline()) {
      this.#readDirect(real, positionBytes, into, done);
      return;
    }
    this.#pool<number>(lane.read, real, 'read', real.path, 0, done, (finish) =>
      this.#open(real, 'read', false, finish, () => {
        this.#descriptors.touch(real);
        readFully(real.fd, positionBytes, into, (error, length) => {
          finish(error === null ? null : toDiskError(error, 'read', real.path), length);
        });
      }),
    );
  }

  sync(file: DiskFile, done: Done<void>): void {
    const real = this.#own(file);
    const start = () =>
      this.#pool(lane.change, real, 'sync', real.path, nothing, done, (finish) =>
        this.#open(real, 'sync', false, finish, () => {
          const covered = real.writes;
          fs.fdatasync(real.fd, (error) => {
            if (error !== null) {
              this.fail(`sync of ${real.path} failed: ${error.message}`);
              finish(toDiskError(error, 'sync', real.path), nothing);
              return;
            }
            if (real.writes === covered) {
              real.dirty = false;
              this.#descriptors.touch(real);
            }
            finish(null, nothing);
          });
        }),
      );
    // Behind the writes that were called before, not in front of those that come later.
    if (real.changing) this.#hold(real, start);
    else start();
  }

  truncate(file: DiskFile, sizeBytes: number, done: Done<void>): void {
    const real = this.#own(file);
    this.#change(real, 'truncate', nothing, done, (finish) =>
      this.#open(real, 'truncate', false, finish, () => {
        markWritten(real);
        this.#descriptors.touch(real);
        fs.ftruncate(real.fd, sizeBytes, (error) => {
          finish(error === null ? null : toDiskError(error, 'truncate', real.path), nothing);
        });
      }),
    );
  }

  close(file: DiskFile, done: Done<void>): void {
    const real = this.#own(file);
    real.closed = true;
    const release = () => {
      this.#files.remove(real);
      if (real.fd < 0) {
        done(null, nothing);
        return;
      }
      this.#descriptors.remove(real);
      this.#closeDescriptor(real, (error) => done(error, nothing));
    };
    if (real.pending === 0) release();
    else real.whenIdle = release;
  }

  /** For the cache: nothing is in flight on the descriptor. */
  giveUpDescriptor(file: RealFile): void {
    this.#closeDescriptor(file, (error) => {
      if (error !== null) this.#logger.warn({ directory: this.root, path: file.path, err: error }, 'close failed');
    });
  }

  size(path: string, done: Done<number>): void {
    this.#byName(lane.read, 'size', path, -1, done, names.size);
  }

  list(path: string, done: Done<readonly DirectoryEntry[]>): void {
    this.#byName(lane.read, 'list', path, [], done, names.list);
  }

  readFile(path: string, maxBytes: number, done: Done<Uint8Array>): void {
    this.#byName(lane.read, 'readFile', path, new Uint8Array(0), done, (absolute) =>
      names.readFile(absolute, maxBytes),
    );
  }

  replaceFile(path: string, bytes: Uint8Array, done: Done<void>): void {
    const start = () =>
      this.#byName(
        lane.change,
        'replaceFile',
        path,
        nothing,
        (error: DiskError | null) => {
          const next = this.#replacing.get(path)?.shift();
          if (next === undefined) this.#replacing.delete(path);
          else next();
          done(error, nothing);
        },
        (absolute) => names.replaceFile(absolute, bytes),
      );
    const waiting = this.#replacing.get(path);
    if (waiting !== undefined) {
      waiting.push(start);
      return;
    }
    this.#replacing.set(path, []);
    start();
  }

  remove(path: string, done: Done<void>): void {
    this.#byName(lane.removal, 'remove', path, nothing, done, names.remove);
  }

  makeDirectory(path: string, done: Done<void>): void {
    this.#byName(lane.change, 'makeDirectory', path, nothing, done, names.makeDirectory);
  }

  removeDirectory(path: string, done: Done<void>): void {
    this.#byName(lane.removal, 'removeDirectory', path, nothing, done, names.removeDirectory);
  }

  syncDirectory(path: string, done: Done<void>): void {
    this.#byName(lane.change, 'syncDirectory', path, nothing, done, names.syncDirectory);
  }

  rename(from: string, to: string, done: Done<void>): void {
    const source = names.checked(from);
    const target = names.checked(to);
    this.#pool(lane.change, null, 'rename', from, nothing, done, (finish) =>
      this.#gate.enterRename(() => {
        names
          .rename(this.#absolute(source), this.#absolute(target), () => this.#files.moved(source, target))
          .then(
            () => null,
            (error: unknown) => this.#nameError(error, 'rename', from),
          )
          .then((error) => {
            this.#gate.leaveRename();
            finish(error, nothing);
          });
      }),
    );
  }

  #own(file: DiskFile): RealFile {
    assert(file instanceof RealFile && file.owner === this, `file ${file.path} of another disk`);
    assert(!file.closed, `file ${file.path} was closed`);
    return file;
  }

  #absolute(path: string): string {
    return path === '' || path === '.' ? this.root : `${this.root}/${path}`;
  }

  #writeDirect(file: RealFile, positionBytes: number, buffers: readonly Uint8Array[], done: Done<number>): void {
    const bytes = totalBytes(buffers);
    const startedMs = this.#clock.monotonicMs();
    markWritten(file);
    let error: DiskError | null = null;
    let written = 0;
    try {
      written = writeNow(file.fd, positionBytes, buffers);
      if (written !== bytes) error = short(file, written, bytes);
    } catch (thrown) {
      error = toDiskError(thrown, 'write', file.path);
    }
    this.#descriptors.touch(file);
    this.#timedDirect(startedMs, bytes);
    done(this.#verdict('write', file.path, error), written);
  }

  #readDirect(file: RealFile, positionBytes: number, into: Uint8Array, done: Done<number>): void {
    const startedMs = this.#clock.monotonicMs();
    let error: DiskError | null = null;
    let length = 0;
    try {
      length = readNow(file.fd, positionBytes, into);
    } catch (thrown) {
      error = toDiskError(thrown, 'read', file.path);
    }
    this.#descriptors.touch(file);
    this.#timedDirect(startedMs, length);
    done(this.#verdict('read', file.path, error), length);
  }

  #timedDirect(startedMs: number, bytes: number): void {
    const nowMs = this.#clock.monotonicMs();
    if (!this.#policy.direct(nowMs - startedMs, bytes, nowMs)) return;
    this.#logger.warn({ directory: this.root, durationMs: nowMs - startedMs }, 'log directory stalls; using the pool');
  }

  /** Writes and truncations of a file, one after the other. */
  #change<T>(file: RealFile, operation: string, absent: T, done: Done<T>, run: (finish: Done<T>) => void): void {
    const start = () => {
      file.changing = true;
      const finished: Done<T> = (error, value) => {
        file.changing = false;
        this.#release(file);
        done(error, value);
      };
      this.#pool(lane.change, file, operation, file.path, absent, finished, run);
    };
    if (file.changing) this.#hold(file, start);
    else start();
  }

  #hold(file: RealFile, start: () => void): void {
    file.pending++;
    file.waiting.push(() => {
      file.pending--;
      start();
    });
  }

  #release(file: RealFile): void {
    while (!file.changing && file.waiting.length > 0) file.waiting.shift()!();
  }

  /** Runs one operation through the queue; ends in one call of `done`, never inside this call. */
  #pool<T>(
    which: Lane,
    file: RealFile | null,
    operation: string,
    path: string,
    absent: T,
    done: Done<T>,
    run: (finish: Done<T>) => void,
  ): void {
    if (file !== null) file.pending++;
    const settle: Done<T> = (error, value) => {
      if (file !== null) file.pending--;
      done(this.#verdict(operation, path, error), value);
      if (file === null || file.pending > 0 || file.whenIdle === null) return;
      const whenIdle = file.whenIdle;
      file.whenIdle = null;
      whenIdle();
    };
    const taken = this.#queue.submit(which, (finished) => {
      if (!this.#state.isOnline()) {
        queueMicrotask(() => {
          finished();
          settle(null, absent);
        });
        return;
      }
      if (file !== null) file.inFlight++;
      run((error, value) => {
        if (file !== null) file.inFlight--;
        finished();
        settle(error, value);
      });
    });
    if (!taken)
      queueMicrotask(() => settle(new DiskError('EOTHER', operation, path, 'too many operations wait'), absent));
  }

  /** What was done on a directory that is offline by now is not to be relied on, whatever the kernel said. */
  #verdict(operation: string, path: string, error: DiskError | null): DiskError | null {
    return error !== null || this.#state.isOnline() ? error : new DiskError('EOFFLINE', operation, path);
  }

  #byName<T>(
    which: Lane,
    operation: string,
    path: string,
    absent: T,
    done: Done<T>,
    run: (absolute: string) => Promise<T>,
  ): void {
    const absolute = this.#absolute(names.checked(path));
    this.#pool(which, null, operation, path, absent, done, (finish) => {
      run(absolute)
        .then(
          (value) => ({ error: null, value }),
          (thrown: unknown) => ({ error: this.#nameError(thrown, operation, path), value: absent }),
        )
        .then(({ error, value }) => finish(error, value));
    });
  }

  #nameError(thrown: unknown, operation: string, path: string): DiskError {
    if (!(thrown instanceof names.SyncFailure)) return toDiskError(thrown, operation, path);
    this.fail(`${operation} of ${path}: ${thrown.message}`);
    return toDiskError(thrown.cause, operation, path);
  }

  /** Opens the file where it is not open, then runs `then` with the descriptor held. */
  #open<T>(file: RealFile, operation: string, create: boolean, finish: Done<T>, then: () => void): void {
    this.#opener.open(file, create, (error) => {
      if (error !== null) finish(toDiskError(error, operation, file.path), nothing);
      else then();
    });
  }

  #closeDescriptor(file: RealFile, done: (error: DiskError | null) => void): void {
    assert(file.inFlight === 0, `descriptor of ${file.path} is in use`);
    const fd = file.fd;
    file.fd = -1;
    const run: Run = (finished) =>
      fs.close(fd, (error) => {
        // What the kernel could not write back is told at the last moment by some file systems.
        if (error !== null && file.dirty) this.fail(`close of ${file.path} failed: ${error.message}`);
        finished();
        done(error === null ? null : toDiskError(error, 'close', file.path));
      });
    // A descriptor is closed even where the queue is full and where the directory is offline.
    if (!this.#queue.submit(lane.removal, run)) run(() => {});
  }
}

function markWritten(file: RealFile): void {
  file.dirty = true;
  file.writes++;
}

function short(file: RealFile, written: number, bytes: number): DiskError {
  return new DiskError('ESHORT', 'write', file.path, `${written} of ${bytes} bytes`);
}
