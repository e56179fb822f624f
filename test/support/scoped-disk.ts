/** A directory of another Disk as a Disk of its own: several log directories that lose power together. */
import type { DirectoryEntry, Disk, DiskFile, Done } from '../../engine/base/disk.ts';

class ScopedFile implements DiskFile {
  readonly path: string;
  readonly inner: DiskFile;

  constructor(path: string, inner: DiskFile) {
    this.path = path;
    this.inner = inner;
  }
}

export class ScopedDisk implements Disk {
  readonly root: string;
  readonly #inner: Disk;
  readonly #name: string;

  constructor(inner: Disk, name: string) {
    this.root = `${inner.root}/${name}`;
    this.#inner = inner;
    this.#name = name;
  }

  #path(path: string): string {
    return path === '' || path === '.' ? this.#name : `${this.#name}/${path}`;
  }

  isOnline(): boolean {
    return this.#inner.isOnline();
  }

  fail(reason: string): void {
    this.#inner.fail(reason);
  }

  file(path: string): DiskFile {
    return new ScopedFile(path, this.#inner.file(this.#path(path)));
  }

  write(file: DiskFile, positionBytes: number, buffers: readonly Uint8Array[], done: Done<number>): void {
    this.#inner.write((file as ScopedFile).inner, positionBytes, buffers, done);
  }

  read(file: DiskFile, positionBytes: number, into: Uint8Array, recent: boolean, done: Done<number>): void {
    this.#inner.read((file as ScopedFile).inner, positionBytes, into, recent, done);
  }

  sync(file: DiskFile, done: Done<void>): void {
    this.#inner.sync((file as ScopedFile).inner, done);
  }

  truncate(file: DiskFile, sizeBytes: number, done: Done<void>): void {
    this.#inner.truncate((file as ScopedFile).inner, sizeBytes, done);
  }

  close(file: DiskFile, done: Done<void>): void {
    this.#inner.close((file as ScopedFile).inner, done);
  }

  size(path: string, done: Done<number>): void {
    this.#inner.size(this.#path(path), done);
  }

  list(path: string, done: Done<readonly DirectoryEntry[]>): void {
    this.#inner.list(this.#path(path), done);
  }

  readFile(path: string, maxBytes: number, done: Done<Uint8Array>): void {
    this.#inner.readFile(this.#path(path), maxBytes, done);
  }

  replaceFile(path: string, bytes: Uint8Array, done: Done<void>): void {
    this.#inner.replaceFile(this.#path(path), bytes, done);
  }

  rename(from: string, to: string, done: Done<void>): void {
    this.#inner.rename(this.#path(from), this.#path(to), done);
  }

  remove(path: string, done: Done<void>): void {
    this.#inner.remove(this.#path(path), done);
  }

  makeDirectory(path: string, done: Done<void>): void {
    this.#inner.makeDirectory(this.#path(path), done);
  }

  removeDirectory(path: string, done: Done<void>): void {
    this.#inner.removeDirectory(this.#path(path), done);
  }

  syncDirectory(path: string, done: Done<void>): void {
    this.#inner.syncDirectory(this.#path(path), done);
  }
}
