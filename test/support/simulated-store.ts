import { DiskError } from '../../engine/base/disk.ts';
import type { Random } from '../../engine/base/random.ts';
import {
  applyData,
  type DataChange,
  DirectoryNode,
  directoriesOf,
  FileNode,
  GrowingBytes,
  type NameChange,
  NameTable,
  parentOf,
  type SimulatedNode,
} from './simulated-files.ts';

/** One thing that a file system does; the operations of a Disk are made of these. */
export type StoreStep =
  | { readonly kind: 'write'; readonly path: string; readonly positionBytes: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly path: string; readonly sizeBytes: number }
  | { readonly kind: 'sync'; readonly path: string }
  | { readonly kind: 'move'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'makeDirectory'; readonly path: string }
  /** Without what makes the names durable. */
  | { readonly kind: 'makeNames'; readonly path: string }
  | { readonly kind: 'removeDirectory'; readonly path: string }
  | { readonly kind: 'syncDirectory'; readonly path: string };

/** A change that a power cut now may lose. */
export type PendingChange =
  | { readonly kind: 'data'; readonly file: FileNode; readonly path: string; readonly change: DataChange }
  | { readonly kind: 'name'; readonly path: string; readonly change: NameChange };

export interface Crash {
  /** Whether a change had reached the disk; every second one by chance unless given. */
  readonly survives?: (change: PendingChange, index: number) => boolean;
  /** How many of a surviving write's bytes had; cut at sectors by chance unless given. */
  readonly keptBytes?: (change: PendingChange, bytes: number) => number;
  readonly random?: Random;
}

/** What a disk holds, by path. */
export interface StoreImage {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly directories: readonly string[];
}

/**
 * Names and contents, each as seen now and as durable: contents until a sync of the file, names until a sync of their
 * directory. Strict: a synced file whose name is not durable is gone after a crash.
 */
export class SimulatedStore {
  readonly #names = new NameTable();
  readonly #durableNames: NameTable;
  #nameChanges: NameChange[] = [];

  constructor(image: StoreImage) {
    for (const path of image.directories) this.#makeDirectories(path);
    for (const [path, bytes] of Object.entries(image.files)) {
      this.#makeDirectories(parentOf(path));
      this.#nameChange({ kind: 'link', path, node: new FileNode(bytes) });
    }
    this.#nameChanges = [];
    this.#durableNames = this.#names.copy();
  }

  get(path: string): SimulatedNode | undefined {
    return this.#names.get(path);
  }

  children(path: string): string[] {
    return this.#names.children(path);
  }

  usedBytes(): number {
    let used = 0;
    for (const [, node] of this.#names.entries()) if (!node.isDirectory) used += node.content.length;
    return used;
  }

  /** Throws DiskError where a real file system would refuse. */
  apply(step: StoreStep): void {
    switch (step.kind) {
      case 'write':
        this.#fileFor(step.path).change({ kind: 'write', positionBytes: step.positionBytes, bytes: step.bytes });
        break;
      case 'truncate':
        this.file('truncate', step.path).change({ kind: 'truncate', sizeBytes: step.sizeBytes });
        break;
      case 'sync':
        this.file('sync', step.path).sync();
        break;
      case 'move':
        if (this.get(step.from) === undefined) throw new DiskError('ENOENT', 'rename', step.from);
        this.#needParent('rename', step.to);
        this.#nameChange({ kind: 'move', from: step.from, to: step.to });
        break;
      case 'remove':
        this.#remove(step.path);
        break;
      case 'makeNames':
        this.#makeDirectories(step.path);
        break;
      case 'makeDirectory':
        if (this.get(step.path)?.isDirectory === false) throw new DiskError('EEXIST', 'makeDirectory', step.path);
        for (const made of this.#makeDirectories(step.path)) this.#syncNames(parentOf(made));
        break;
      case 'removeDirectory':
        this.#removeDirectory(step.path);
        break;
      case 'syncDirectory':
        if (this.get(step.path)?.isDirectory !== true) throw new DiskError('ENOENT', 'syncDirectory', step.path);
        this.#syncNames(step.path);
    }
  }

  file(operation: string, path: string): FileNode {
    const node = this.get(path);
    if (node === undefined) throw new DiskError('ENOENT', operation, path);
    if (node.isDirectory) throw new DiskError('EISDIR', operation, path);
    return node;
  }

  /** What a power cut now could lose, oldest first within names and within each file. */
  pendingChanges(): PendingChange[] {
    const pending: PendingChange[] = this.#nameChanges.map((change) => ({
      kind: 'name',
      path: change.kind === 'move' ? change.from : change.path,
      change,
    }));
    // A file whose removal is not durable may come back, with what was done to it.
    const seen = new Set<SimulatedNode>();
    for (const [path, node] of [...this.#names.entries(), ...this.#durableNames.entries()]) {
      if (node.isDirectory || seen.has(node)) continue;
      seen.add(node);
      for (const change of node.changes) pending.push({ kind: 'data', file: node, path, change });
    }
    return pending;
  }

  /** What a power cut leaves: all that is durable, and what `survives` of the rest and of `inFlight`. Nothing changes here. */
  crashed(crash: Crash, inFlight: readonly PendingChange[] = []): StoreImage {
    const { random } = crash;
    const survives = crash.survives ?? (() => random === undefined || random.below(2) === 0);
    const keptBytes = crash.keptBytes ?? ((_change, bytes) => (random === undefined ? bytes : torn(bytes, random)));
    const names = this.#durableNames.copy();
    const kept = new Map<SimulatedNode, DataChange[]>();
    [...this.pendingChanges(), ...inFlight].forEach((pending, index) => {
      if (!survives(pending, index)) return;
      if (pending.kind === 'name') {
        names.apply(pending.change);
        return;
      }
      const { change } = pending;
      const changes = kept.get(pending.file) ?? [];
      kept.set(pending.file, changes);
      if (change.kind === 'truncate') changes.push(change);
      else changes.push({ ...change, bytes: change.bytes.subarray(0, keptBytes(pending, change.bytes.length)) });
    });
    return imageOf(names, (node) => {
      const content = new GrowingBytes(node.durable.copy());
      for (const change of kept.get(node) ?? []) applyData(content, change);
      return content.copy();
    });
  }

  /** All as seen now. */
  image(): StoreImage {
    return imageOf(this.#names, (node) => node.content.copy());
  }

  #fileFor(path: string): FileNode {
    if (this.get(path) === undefined) {
      this.#needParent('write', path);
      this.#nameChange({ kind: 'link', path, node: new FileNode() });
    }
    return this.file('write', path);
  }

  #remove(path: string): void {
    const node = this.get(path);
    if (node === undefined) return;
    if (node.isDirectory) throw new DiskError('EISDIR', 'remove', path);
    this.#nameChange({ kind: 'unlink', path });
  }

  #removeDirectory(path: string): void {
    const node = this.get(path);
    if (node === undefined) return;
    if (!node.isDirectory) throw new DiskError('ENOTDIR', 'removeDirectory', path);
    // Deepest first, one change a name: a power cut may come in between.
    for (const under of this.#names.under(path).sort().reverse()) this.#nameChange({ kind: 'unlink', path: under });
  }

  #needParent(operation: string, path: string): void {
    if (this.get(parentOf(path))?.isDirectory !== true) throw new DiskError('ENOENT', operation, path);
  }

  #nameChange(change: NameChange): void {
    this.#names.apply(change);
    this.#nameChanges.push(change);
  }

  #syncNames(directory: string): void {
    let later: NameChange[] = [];
    for (const change of this.#nameChanges) {
      if (!directoriesOf(change).includes(directory)) {
        later.push(change);
        continue;
      }
      this.#durableNames.apply(change);
      // What was done in a directory before it got another name is done there still.
      if (change.kind === 'move') later = later.map((earlier) => movedWith(earlier, change));
      if (change.kind === 'unlink') later = later.filter((earlier) => !isUnder(pathOf(earlier), change.path));
    }
    this.#nameChanges = later;
  }

  #makeDirectories(path: string): string[] {
    const made: string[] = [];
    for (let end = path.indexOf('/'); path !== ''; end = path.indexOf('/', end + 1)) {
      const directory = end < 0 ? path : path.slice(0, end);
      if (this.get(directory) === undefined) {
        this.#nameChange({ kind: 'link', path: directory, node: new DirectoryNode() });
        made.push(directory);
      }
      if (end < 0) break;
    }
    return made;
  }
}

function pathOf(change: NameChange): string {
  return change.kind === 'move' ? change.from : change.path;
}

function isUnder(path: string, directory: string): boolean {
  return path.startsWith(`${directory}/`);
}

function movedWith(change: NameChange, { from, to }: { readonly from: string; readonly to: string }): NameChange {
  const moved = (path: string): string => (isUnder(path, from) ? to + path.slice(from.length) : path);
  if (change.kind === 'move') return { kind: 'move', from: moved(change.from), to: moved(change.to) };
  return { ...change, path: moved(change.path) };
}

/** Cuts a write at a sector of 512 bytes or a page of 4 KiB; half of the time it is whole. */
function torn(bytes: number, random: Random): number {
  if (random.below(2) === 0) return bytes;
  const unit = random.below(2) === 0 ? 512 : 4096;
  return Math.min(bytes, unit * random.below(Math.ceil(bytes / unit) + 1));
}

function imageOf(names: NameTable, contentOf: (node: FileNode) => Uint8Array): StoreImage {
  const files: Record<string, Uint8Array> = {};
  const directories: string[] = [];
  for (const [path, node] of names.entries()) {
    if (path === '') continue;
    if (node.isDirectory) directories.push(path);
    else files[path] = contentOf(node);
  }
  return { files, directories };
}
