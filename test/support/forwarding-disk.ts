import type { DirectoryEntry, Disk, DiskFile, Done } from '../../engine/base/disk.ts';

export type ForwardedOperation =
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly positionBytes: number;
      readonly buffers: readonly Uint8Array[];
    }
  | { readonly kind: 'truncate'; readonly path: string; readonly sizeBytes: number }
  | { readonly kind: 'replaceFile'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | {
      readonly kind:
        | 'read'
        | 'sync'
        | 'close'
        | 'size'
        | 'list'
        | 'readFile'
        | 'remove'
        | 'makeDirectory'
        | 'removeDirectory'
        | 'syncDirectory';
      readonly path: string;
    };

/** A Disk before another one: sees every operation, and says when it goes on. */
export abstract class ForwardingDisk implements Disk {
  readonly inner: Disk;

  constructor(inner: Disk) {
    this.inner = inner;
  }

  /** `run` hands the operation to the disk behind; to be called once. */
  protected abstract forward(operation: ForwardedOperation, run: () => void): void;

  get root(): string {
    return this.inner.root;
  }

  isOnline(): boolean {
    return this.inner.isOnline();
  }

  fail(reason: string): void {
    this.inner.fail(reason);
  }

  file(path: string): DiskFile {
    return this.inner.file(path);
  }

  write(file: DiskFile, positionBytes: number, buffers: readonly Uint8Array[], done: Done<number>): void {
    const operation = { kind: 'write', path: file.path, positionBytes, buffers } as const;
    this.forward(operation, () => this.inner.write(file, positionBytes, buffers, done));
  }

  read(file: DiskFile, positionBytes: number, into: Uint8Array, recent: boolean, done: Done<number>): void {
    const run = () => this.inner.read(file, positionBytes, into, recent, done);
    this.forward({ kind: 'read', path: file.path }, run);
  }

  sync(file: DiskFile, done: Done<void>): void {
    this.forward({ kind: 'sync', path: file.path }, () => this.inner.sync(file, done));
  }

  truncate(file: DiskFile, sizeBytes: number, done: Done<void>): void {
    this.forward({ kind: 'truncate', path: file.path, sizeBytes }, () => this.inner.truncate(file, sizeBytes, done));
  }

  close(file: DiskFile, done: Done<void>): void {
    this.forward({ kind: 'close', path: file.path }, () => this.inner.close(file, done));
  }

  size(path: string, done: Done<number>): void {
    this.forward({ kind: 'size', path }, () => this.inner.size(path, done));
  }

  list(path: string, done: Done<readonly DirectoryEntry[]>): void {
    this.forward({ kind: 'list', path }, () => this.inner.list(path, done));
  }

  readFile(path: string, maxBytes: number, done: Done<Uint8Array>): void {
    this.forward({ kind: 'readFile', path }, () => this.inner.readFile(path, maxBytes, done));
  }

  replaceFile(path: string, bytes: Uint8Array, done: Done<void>): void {
    this.forward({ kind: 'replaceFile', path, bytes }, () => this.inner.replaceFile(path, bytes, done));
  }

  rename(from: string, to: string, done: Done<void>): void {
    this.forward({ kind: 'rename', path: from, to }, () => this.inner.rename(from, to, done));
  }

  remove(path: string, done: Done<void>): void {
    this.forward({ kind: 'remove', path }, () => this.inner.remove(path, done));
  }

  makeDirectory(path: string, done: Done<void>): void {
    this.forward({ kind: 'makeDirectory', path }, () => this.inner.makeDirectory(path, done));
  }

  removeDirectory(path: string, done: Done<void>): void {
    this.forward({ kind: 'removeDirectory', path }, () => this.inner.removeDirectory(path, done));
  }

  syncDirectory(path: string, done: Done<void>): void {
    this.forward({ kind: 'syncDirectory', path }, () => this.inner.syncDirectory(path, done));
  }
}
