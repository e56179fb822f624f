import { assert } from '../../engine/base/assert.ts';
import {
  type DirectoryEntry,
  type Disk,
  DiskError,
  type DiskErrorCode,
  type DiskFile,
  type Done,
} from '../../engine/base/disk.ts';
import { type FileNode, parentOf } from './simulated-files.ts';
import { type Crash, type PendingChange, SimulatedStore, type StoreImage } from './simulated-store.ts';

export type DiskOperationKind = Exclude<keyof Disk, 'root' | 'isOnline' | 'fail' | 'file'>;

export interface DiskOperation {
  readonly kind: DiskOperationKind;
  readonly path: string;
  /** Bytes to be written or read; 0 for others. */
  readonly bytes: number;
}

/** How an operation is made to fail. Of a write, `writtenBytes` reach the file all the same. */
export interface Fault {
  readonly code: DiskErrorCode;
  readonly writtenBytes?: number;
}

export interface SimulatedDiskOptions {
  readonly root?: string;
  /** Files at the start, durable, by their path. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** Directories at the start, besides those of the files. */
  readonly directories?: readonly string[];
  /** What lies behind the disk, with all that is not durable yet; in place of `files` and `directories`. */
  readonly store?: SimulatedStore;
  /** Asked before each operation. */
  readonly fault?: (operation: DiskOperation) => Fault | null;
  /** Bytes of all files together, over which a write is ENOSPC. */
  readonly capacityBytes?: number;
  /**
   * Puts completions off. Given a function, each operation runs (takes effect and completes) when that is called back;
   * absent, every operation completes before its call returns. Writes, truncations and syncs of one file keep their order.
   */
  readonly defer?: (operation: DiskOperation, run: () => void) => void;
}

const nothing: never = undefined as never;

/**
 * A log directory in memory that keeps apart what is seen and what is durable: contents until `sync` of the file, names
 * until a sync of their directory. `crash` answers the disk that a power cut would leave. Strict: a synced file whose
 * name is not durable is gone.
 */
export class SimulatedDisk implements Disk {
  readonly root: string;
  readonly #options: SimulatedDiskOptions;
  readonly #store: SimulatedStore;
  #offlineReason: string | null = null;
  readonly #open = new Set<SimulatedFile>();
  readonly #inFlight = new Set<InFlightWrite>();
  readonly #replacing = new Map<string, (() => void)[]>();

  constructor(options: SimulatedDiskOptions = {}) {
    this.#options = options;
    this.root = options.root ?? '/simulated';
    const image = { files: options.files ?? {}, directories: options.directories ?? [] };
    this.#store = options.store ?? new SimulatedStore(image);
  }

  isOnline(): boolean {
    return this.#offlineReason === null;
  }

  /** Why the directory went offline. */
  get offlineReason(): string | null {
    return this.#offlineReason;
  }

  fail(reason: string): void {
    this.#offlineReason ??= reason;
  }

  file(path: string): DiskFile {
    const file = new SimulatedFile(this, normal(path));
    this.#open.add(file);
    return file;
  }

  write(file: DiskFile, positionBytes: number, buffers: readonly Uint8Array[], done: Done<number>): void {
    const own = this.#own(file);
    const bytes = concatenate(buffers);
    const inFlight = { file: own, positionBytes, bytes };
    this.#inFlight.add(inFlight);
    const landed: Done<number> = (error, written) => {
      this.#inFlight.delete(inFlight);
      done(error, written);
    };
    this.#ordered(own, { kind: 'write', path: own.path, bytes: bytes.length }, 0, landed, (fault) => {
      this.#inFlight.delete(inFlight);
      const taken = fault === null ? bytes : bytes.subarray(0, Math.min(bytes.length, fault.writtenBytes ?? 0));
      if (fault === null || taken.length > 0) this.#writeNow(own.path, positionBytes, taken);
      if (fault !== null) throw new DiskError(fault.code, 'write', own.path);
      return bytes.length;
    });
  }

  read(file: DiskFile, positionBytes: number, into: Uint8Array, _recent: boolean, done: Done<number>): void {
    const own = this.#own(file);
    this.#run({ kind: 'read', path: own.path, bytes: into.length }, 0, done, () => {
      const view = this.#store.file('read', own.path).content.view(positionBytes, into.length);
      into.set(view);
      return view.length;
    });
  }

  sync(file: DiskFile, done: Done<void>): void {
    const own = this.#own(file);
    this.#ordered<void>(own, { kind: 'sync', path: own.path, bytes: 0 }, nothing, done, (fault) => {
      if (fault !== null) this.fail(`sync of ${own.path} failed`);
      if (fault !== null) throw new DiskError(fault.code, 'sync', own.path);
      this.#store.apply({ kind: 'sync', path: own.path });
    });
  }

  truncate(file: DiskFile, sizeBytes: number, done: Done<void>): void {
    const own = this.#own(file);
    this.#ordered<void>(own, { kind: 'truncate', path: own.path, bytes: 0 }, nothing, done, () => {
      this.#store.apply({ kind: 'truncate', path: own.path, sizeBytes });
    });
  }

  close(file: DiskFile, done: Done<void>): void {
    const own = this.#own(file);
    own.closed = true;
    this.#after(own, () => {
      this.#open.delete(own);
      done(null, nothing);
    });
  }

  size(path: string, done: Done<number>): void {
    this.#run({ kind: 'size', path: normal(path), bytes: 0 }, -1, done, () => {
      const node = this.#store.get(normal(path));
      return node === undefined ? -1 : node.isDirectory ? 4096 : node.content.length;
    });
  }

  list(path: string, done: Done<readonly DirectoryEntry[]>): void {
    const name = normal(path);
    this.#run<readonly DirectoryEntry[]>({ kind: 'list', path: name, bytes: 0 }, [], done, () => {
      const node = this.#store.get(name);
      if (node === undefined) throw new DiskError('ENOENT', 'list', name);
      if (!node.isDirectory) throw new DiskError('ENOTDIR', 'list', name);
      return this.#store.children(name).map((child) => ({
        name: child,
        isDirectory: this.#store.get(name === '' ? child : `${name}/${child}`)!.isDirectory,
      }));
    });
  }

  readFile(path: string, maxBytes: number, done: Done<Uint8Array>): void {
    const name = normal(path);
    this.#run<Uint8Array>({ kind: 'readFile', path: name, bytes: 0 }, new Uint8Array(0), done, () => {
      const node = this.#store.file('readFile', name);
      if (node.content.length > maxBytes) throw new DiskError('EFBIG', 'readFile', name);
      return node.content.copy();
    });
  }

  replaceFile(path: string, bytes: Uint8Array, done: Done<void>): void {
    const name = normal(path);
    const copy = Uint8Array.from(bytes);
    const operation = { kind: 'replaceFile', path: name, bytes: copy.length } as const;
    // One after the other, as a disk has to: the last one called is the one that stays.
    const queue = this.#replacing.get(name) ?? [];
    this.#replacing.set(name, queue);
    const finished: Done<void> = (error) => {
      queue.shift();
      done(error, nothing);
      queue[0]?.();
    };
    const start = () => this.#run<void>(operation, nothing, finished, () => this.#replaceNow(name, copy));
    queue.push(start);
    if (queue.length === 1) start();
  }

  #replaceNow(name: string, bytes: Uint8Array): void {
    const temporary = `${name}.tmp`;
    if (this.#store.get(temporary) !== undefined) {
      this.#store.apply({ kind: 'truncate', path: temporary, sizeBytes: 0 });
    }
    this.#writeNow(temporary, 0, bytes);
    this.#store.apply({ kind: 'sync', path: temporary });
    this.#store.apply({ kind: 'move', from: temporary, to: name });
    this.#store.apply({ kind: 'syncDirectory', path: parentOf(name) });
  }

  rename(from: string, to: string, done: Done<void>): void {
    const source = normal(from);
    const target = normal(to);
    this.#run<void>({ kind: 'rename', path: source, bytes: 0 }, nothing, done, () => {
      this.#store.apply({ kind: 'move', from: source, to: target });
      for (const file of this.#open) {
        if (file.path === source || file.path.startsWith(`${source}/`))
          file.path = target + file.path.slice(source.length);
      }
      this.#store.apply({ kind: 'syncDirectory', path: parentOf(target) });
      this.#store.apply({ kind: 'syncDirectory', path: parentOf(source) });
    });
  }

  remove(path: string, done: Done<void>): void {
    const name = normal(path);
    this.#run<void>({ kind: 'remove', path: name, bytes: 0 }, nothing, done, () => {
      this.#store.apply({ kind: 'remove', path: name });
    });
  }

  makeDirectory(path: string, done: Done<void>): void {
    const name = normal(path);
    this.#run<void>({ kind: 'makeDirectory', path: name, bytes: 0 }, nothing, done, () => {
      this.#store.apply({ kind: 'makeDirectory', path: name });
    });
  }

  removeDirectory(path: string, done: Done<void>): void {
    const name = normal(path);
    this.#run<void>({ kind: 'removeDirectory', path: name, bytes: 0 }, nothing, done, () => {
      this.#store.apply({ kind: 'removeDirectory', path: name });
    });
  }

  syncDirectory(path: string, done: Done<void>): void {
    const name = normal(path);
    this.#run<void>({ kind: 'syncDirectory', path: name, bytes: 0 }, nothing, done, () => {
      this.#store.apply({ kind: 'syncDirectory', path: name });
    });
  }

  /** What a power cut now could lose, writes in flight included. */
  pendingChanges(): PendingChange[] {
    return [...this.#store.pendingChanges(), ...this.#flying()];
  }

  /** The disk after a power cut: what was durable, and of the rest what `survives`. This disk stays as it is. */
  crash(crash: Crash = {}, options: SimulatedDiskOptions = {}): SimulatedDisk {
    return diskOf(this.crashImage(crash), { root: this.root, ...options });
  }

  /** The same as an image. */
  crashImage(crash: Crash = {}): StoreImage {
    return this.#store.crashed(crash, this.#flying());
  }

  /** A second disk with what this one shows now, all of it durable: a copy of the directory after a clean stop. */
  copy(options: SimulatedDiskOptions = {}): SimulatedDisk {
    return diskOf(this.#store.image(), { root: this.root, ...options });
  }

  /** Every file with its bytes as seen now, for assertions. */
  contents(): Readonly<Record<string, Uint8Array>> {
    return this.#store.image().files;
  }

  #flying(): PendingChange[] {
    const flying: PendingChange[] = [];
    for (const { file, positionBytes, bytes } of this.#inFlight) {
      const node = this.#store.get(file.path);
      if (node === undefined || node.isDirectory) continue;
      const change = { kind: 'write', positionBytes, bytes } as const;
      flying.push({ kind: 'data', file: node satisfies FileNode, path: file.path, change });
    }
    return flying;
  }

  #own(file: DiskFile): SimulatedFile {
    assert(file instanceof SimulatedFile && file.disk === this, `file ${file.path} of another disk`);
    assert(!file.closed, `file ${file.path} was closed`);
    return file;
  }

  #writeNow(path: string, positionBytes: number, bytes: Uint8Array): void {
    const { capacityBytes } = this.#options;
    if (capacityBytes !== undefined) {
      const node = this.#store.get(path);
      const lengthBytes = node === undefined || node.isDirectory ? 0 : node.content.length;
      const growthBytes = Math.max(0, positionBytes + bytes.length - lengthBytes);
      if (this.#store.usedBytes() + growthBytes > capacityBytes) throw new DiskError('ENOSPC', 'write', path);
    }
    this.#store.apply({ kind: 'write', path, positionBytes, bytes });
  }

  /** Operations of one file that keep their order, whatever `defer` does. */
  #ordered<T>(
    file: SimulatedFile,
    operation: DiskOperation,
    absent: T,
    done: Done<T>,
    effect: (fault: Fault | null) => T,
  ): void {
    file.pending++;
    const finished: Done<T> = (error, value) => {
      file.pending--;
      done(error, value);
      file.next();
    };
    const start = () => this.#run(operation, absent, finished, effect, true);
    if (file.pending === 1) start();
    else file.waiting.push(start);
  }

  #after(file: SimulatedFile, run: () => void): void {
    if (file.pending === 0) run();
    else file.waiting.push(run);
  }

  #run<T>(
    operation: DiskOperation,
    absent: T,
    done: Done<T>,
    effect: (fault: Fault | null) => T,
    handlesFault = false,
  ): void {
    const now = () => {
      let value = absent;
      let error: DiskError | null = null;
      try {
        if (!this.isOnline()) throw new DiskError('EOFFLINE', operation.kind, operation.path);
        const fault = this.#options.fault?.(operation) ?? null;
        if (fault !== null && !(handlesFault && operation.kind !== 'truncate')) {
          throw new DiskError(fault.code, operation.kind, operation.path);
        }
        value = effect(fault);
      } catch (thrown) {
        if (!(thrown instanceof DiskError)) throw thrown;
        error = thrown;
      }
      done(error, value);
    };
    if (this.#options.defer === undefined) now();
    else this.#options.defer(operation, now);
  }
}

class SimulatedFile implements DiskFile {
  readonly disk: SimulatedDisk;
  path: string;
  closed = false;
  pending = 0;
  readonly waiting: (() => void)[] = [];

  constructor(disk: SimulatedDisk, path: string) {
    this.disk = disk;
    this.path = path;
  }

  next(): void {
    this.waiting.shift()?.();
  }
}

interface InFlightWrite {
  readonly file: SimulatedFile;
  readonly positionBytes: number;
  readonly bytes: Uint8Array;
}

function diskOf(image: StoreImage, options: SimulatedDiskOptions): SimulatedDisk {
  return new SimulatedDisk({ ...options, ...image });
}

function concatenate(buffers: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(buffers.reduce((bytes, buffer) => bytes + buffer.length, 0));
  let offset = 0;
  for (const buffer of buffers) {
    all.set(buffer, offset);
    offset += buffer.length;
  }
  return all;
}

function normal(path: string): string {
  assert(!path.startsWith('/') && !path.split('/').includes('..'), `path ${path} is relative`);
  if (path === '.') return '';
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
