/**
 * Snapshots of the metadata log (KIP-630): `<20 digits of offset>-<10 digits of epoch>.checkpoint` beside the log. All
 * below the offset is contained, in batches whose own offsets count from 0. A file under construction ends in `.part`.
 */
import type { Checksum } from '../../base/codec.ts';
import type { Disk, DiskFile } from '../../base/disk.ts';
import { metadataLogLimits } from '../../base/limits.ts';
import { batchHeaderBytes } from '../../protocol/batch-layout.ts';
import { batchCodec, batchSizeBytes, isIntactBatch } from '../../protocol/records/batch-view.ts';
import { promised } from '../promised.ts';
import type { SnapshotId } from './metadata-log.ts';
import { MetadataCorruptError } from './raft-records.ts';

const suffix = '.checkpoint';
const partSuffix = `${suffix}.part`;
const deletedSuffix = `${suffix}.deleted`;
const namePattern = /^(\d{20})-(\d{10})\.checkpoint$/;

export function snapshotFileName(id: SnapshotId): string {
  return `${String(id.offset).padStart(20, '0')}-${String(id.epoch).padStart(10, '0')}${suffix}`;
}

export function sameSnapshot(a: SnapshotId, b: SnapshotId): boolean {
  return a.offset === b.offset && a.epoch === b.epoch;
}

export class SnapshotStore {
  readonly #disk: Disk;
  readonly #directory: string;
  /** Sorted by offset. */
  #snapshots: { readonly id: SnapshotId; readonly sizeBytes: number }[] = [];

  private constructor(disk: Disk, directory: string) {
    this.#disk = disk;
    this.#directory = directory;
  }

  /** Lists the snapshots and removes what a crash left half done. Throws DiskError. */
  static async open(disk: Disk, directory: string): Promise<SnapshotStore> {
    const store = new SnapshotStore(disk, directory);
    const entries = await promised<readonly { readonly name: string }[]>((done) => disk.list(directory, done));
    for (const { name } of entries) {
      const path = `${directory}/${name}`;
      if (name.endsWith(partSuffix) || name.endsWith(deletedSuffix)) {
        await promised<void>((done) => disk.remove(path, done));
        continue;
      }
      const match = namePattern.exec(name);
      if (match === null) continue;
      const sizeBytes = await promised<number>((done) => disk.size(path, done));
      store.#add({ offset: Number(match[1]), epoch: Number(match[2]) }, sizeBytes);
    }
    return store;
  }

  get ids(): readonly SnapshotId[] {
    return this.#snapshots.map(({ id }) => id);
  }

  get latest(): SnapshotId | null {
    return this.#snapshots.at(-1)?.id ?? null;
  }

  get totalBytes(): number {
    return this.#snapshots.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  sizeBytes(id: SnapshotId): number {
    return this.#snapshots.find((each) => sameSnapshot(each.id, id))?.sizeBytes ?? -1;
  }

  #add(id: SnapshotId, sizeBytes: number): void {
    this.#snapshots = this.#snapshots.filter((each) => !sameSnapshot(each.id, id));
    this.#snapshots.push({ id, sizeBytes });
    this.#snapshots.sort((a, b) => a.id.offset - b.id.offset || a.id.epoch - b.id.epoch);
  }

  #path(id: SnapshotId): string {
    return `${this.#directory}/${snapshotFileName(id)}`;
  }

  /** The snapshot's batches in order; `use` answers false to stop. Throws MetadataCorruptError or DiskError. */
  async read(id: SnapshotId, checksum: Checksum, use: (bytes: Uint8Array, at: number) => boolean): Promise<void> {
    const file = this.#disk.file(this.#path(id));
    try {
      await readBatches(this.#disk, file, this.sizeBytes(id), checksum, use);
    } finally {
      await promised<void>((done) => this.#disk.close(file, done));
    }
  }

  /** Bytes of the file as they lie, for followers. */
  async readPart(id: SnapshotId, positionBytes: number, maxBytes: number): Promise<Uint8Array> {
    const file = this.#disk.file(this.#path(id));
    try {
      const into = new Uint8Array(Math.max(0, Math.min(maxBytes, this.sizeBytes(id) - positionBytes)));
      const read = await promised<number>((done) => this.#disk.read(file, positionBytes, into, false, done));
      return into.subarray(0, read);
    } finally {
      await promised<void>((done) => this.#disk.close(file, done));
    }
  }

  /** Begins a snapshot; it is not one before `finish` has come back. */
  writer(id: SnapshotId): SnapshotWriter {
    const path = this.#path(id);
    return new SnapshotWriter(this.#disk, `${path.slice(0, -suffix.length)}${partSuffix}`, path, (sizeBytes) =>
      this.#add(id, sizeBytes),
    );
  }

  /** Removes a snapshot, by way of a name that no start takes for one. */
  async remove(id: SnapshotId): Promise<void> {
    const path = this.#path(id);
    const deleted = `${path.slice(0, -suffix.length)}${deletedSuffix}`;
    this.#snapshots = this.#snapshots.filter((each) => !sameSnapshot(each.id, id));
    await promised<void>((done) => this.#disk.rename(path, deleted, done));
    await promised<void>((done) => this.#disk.remove(deleted, done));
  }
}

async function readBatches(
  disk: Disk,
  file: DiskFile,
  fileBytes: number,
  checksum: Checksum,
  use: (bytes: Uint8Array, at: number) => boolean,
): Promise<void> {
  let position = 0;
  let window = new Uint8Array(Math.min(fileBytes, metadataLogLimits.readBytes));
  while (position < fileBytes) {
    const read = await promised<number>((done) => disk.read(file, position, window, false, done));
    let at = 0;
    while (read - at >= batchHeaderBytes) {
      const sizeBytes = batchSizeBytes(window, at);
      if (sizeBytes > read - at) break;
      if (!isIntactBatch(window, at, read, checksum) || batchCodec(window, at) !== 0) {
        throw new MetadataCorruptError(`${file.path}: the batch at ${position + at} is corrupt`);
      }
      if (!use(window, at)) return;
      at += sizeBytes;
    }
    if (at === 0) {
      // One batch larger than the window: all of it must be there, and no larger than a batch may be.
      const wanted = read < batchHeaderBytes ? 0 : batchSizeBytes(window, 0);
      const largest = Math.min(fileBytes - position, 2 * metadataLogLimits.batchBytes);
      if (wanted <= window.length || wanted > largest) {
        throw new MetadataCorruptError(`${file.path}: the batch at ${position} is cut off`);
      }
      window = new Uint8Array(wanted);
    }
    position += at;
  }
}

/** One file, written from the front; calls follow one another. */
export class SnapshotWriter {
  readonly #disk: Disk;
  readonly #partPath: string;
  readonly #path: string;
  readonly #file: DiskFile;
  readonly #finished: (sizeBytes: number) => void;
  #sizeBytes = 0;
  #began = false;

  constructor(disk: Disk, partPath: string, path: string, finished: (sizeBytes: number) => void) {
    this.#disk = disk;
    this.#partPath = partPath;
    this.#path = path;
    this.#file = disk.file(partPath);
    this.#finished = finished;
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (!this.#began) {
      this.#began = true;
      // What an abandoned writer left under the same name must not show behind shorter content.
      await promised<void>((done) => this.#disk.remove(this.#partPath, done));
    }
    await promised<number>((done) => this.#disk.write(this.#file, this.#sizeBytes, [bytes], done));
    this.#sizeBytes += bytes.length;
  }

  /** Whether all that was written is there as whole batches: what comes of others is not put in place before that is known. */
  async isIntact(checksum: Checksum): Promise<boolean> {
    try {
      await readBatches(this.#disk, this.#file, this.#sizeBytes, checksum, () => true);
      return true;
    } catch (error) {
      if (error instanceof MetadataCorruptError) return false;
      throw error;
    }
  }

  async finish(): Promise<void> {
    await promised<void>((done) => this.#disk.sync(this.#file, done));
    await promised<void>((done) => this.#disk.close(this.#file, done));
    await promised<void>((done) => this.#disk.rename(this.#partPath, this.#path, done));
    this.#finished(this.#sizeBytes);
  }

  async abandon(): Promise<void> {
    await promised<void>((done) => this.#disk.close(this.#file, done));
    await promised<void>((done) => this.#disk.remove(this.#partPath, done));
  }
}
