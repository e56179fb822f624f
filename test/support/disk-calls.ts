import type { DirectoryEntry, Disk, DiskError, DiskFile, Done } from '../../engine/base/disk.ts';

/** A Disk's calls as promises that reject with its DiskError: for tests that tell a tale step by step. */
export class DiskCalls {
  readonly disk: Disk;

  constructor(disk: Disk) {
    this.disk = disk;
  }

  write(file: DiskFile, positionBytes: number, ...buffers: Uint8Array[]): Promise<number> {
    return settled((done) => this.disk.write(file, positionBytes, buffers, done));
  }

  async read(file: DiskFile, positionBytes: number, lengthBytes: number, recent = false): Promise<Uint8Array> {
    const into = new Uint8Array(lengthBytes);
    const length = await settled<number>((done) => this.disk.read(file, positionBytes, into, recent, done));
    return into.subarray(0, length);
  }

  sync(file: DiskFile): Promise<void> {
    return settled((done) => this.disk.sync(file, done));
  }

  truncate(file: DiskFile, sizeBytes: number): Promise<void> {
    return settled((done) => this.disk.truncate(file, sizeBytes, done));
  }

  close(file: DiskFile): Promise<void> {
    return settled((done) => this.disk.close(file, done));
  }

  size(path: string): Promise<number> {
    return settled((done) => this.disk.size(path, done));
  }

  list(path: string): Promise<readonly DirectoryEntry[]> {
    return settled((done) => this.disk.list(path, done));
  }

  readFile(path: string, maxBytes = 1 << 20): Promise<Uint8Array> {
    return settled((done) => this.disk.readFile(path, maxBytes, done));
  }

  replaceFile(path: string, bytes: Uint8Array): Promise<void> {
    return settled((done) => this.disk.replaceFile(path, bytes, done));
  }

  rename(from: string, to: string): Promise<void> {
    return settled((done) => this.disk.rename(from, to, done));
  }

  remove(path: string): Promise<void> {
    return settled((done) => this.disk.remove(path, done));
  }

  makeDirectory(path: string): Promise<void> {
    return settled((done) => this.disk.makeDirectory(path, done));
  }

  removeDirectory(path: string): Promise<void> {
    return settled((done) => this.disk.removeDirectory(path, done));
  }

  syncDirectory(path: string): Promise<void> {
    return settled((done) => this.disk.syncDirectory(path, done));
  }
}

function settled<T>(call: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let over = false;
    call((error: DiskError | null, value: T) => {
      if (over) throw new Error('done was called twice');
      over = true;
      if (error === null) resolve(value);
      else reject(error);
    });
  });
}
