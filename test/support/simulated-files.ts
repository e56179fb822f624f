/** What lies behind a SimulatedDisk: names and contents, each as seen now and as it would be after a power cut. */

/** A change to a file's content that no fsync has made durable yet. */
export type DataChange =
  | { readonly kind: 'write'; readonly positionBytes: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly sizeBytes: number };

/** A change to names that no fsync of its directory has made durable yet. */
export type NameChange =
  | { readonly kind: 'link'; readonly path: string; readonly node: SimulatedNode }
  | { readonly kind: 'unlink'; readonly path: string }
  | { readonly kind: 'move'; readonly from: string; readonly to: string };

export type SimulatedNode = FileNode | DirectoryNode;

export class DirectoryNode {
  readonly isDirectory = true;
}

export class FileNode {
  readonly isDirectory = false;
  readonly content: GrowingBytes;
  readonly durable: GrowingBytes;
  /** In the order of the calls. */
  changes: DataChange[] = [];

  constructor(bytes: Uint8Array = new Uint8Array(0)) {
    this.content = new GrowingBytes(bytes);
    this.durable = new GrowingBytes(bytes);
  }

  change(change: DataChange): void {
    applyData(this.content, change);
    this.changes.push(change);
  }

  sync(): void {
    for (const change of this.changes) applyData(this.durable, change);
    this.changes = [];
  }
}

export class GrowingBytes {
  #bytes: Uint8Array;
  length: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = Uint8Array.from(bytes);
    this.length = bytes.length;
  }

  write(positionBytes: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#reserve(positionBytes + bytes.length);
    this.#bytes.set(bytes, positionBytes);
    this.length = Math.max(this.length, positionBytes + bytes.length);
  }

  truncate(sizeBytes: number): void {
    this.#reserve(sizeBytes);
    if (sizeBytes < this.length) this.#bytes.fill(0, sizeBytes, this.length);
    this.length = sizeBytes;
  }

  /** The bytes from a position, as a view that the next change may invalidate. */
  view(positionBytes: number, maxBytes: number): Uint8Array {
    const start = Math.min(positionBytes, this.length);
    return this.#bytes.subarray(start, Math.min(this.length, start + maxBytes));
  }

  copy(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }

  #reserve(sizeBytes: number): void {
    if (sizeBytes <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(sizeBytes, this.#bytes.length * 2, 256));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}

export function applyData(content: GrowingBytes, change: DataChange): void {
  if (change.kind === 'write') content.write(change.positionBytes, change.bytes);
  else content.truncate(change.sizeBytes);
}

/** Names and what they name; '' is the root. A child counts only while its parent is there. */
export class NameTable {
  readonly #nodes = new Map<string, SimulatedNode>([['', new DirectoryNode()]]);

  get(path: string): SimulatedNode | undefined {
    return this.#nodes.get(path);
  }

  /** Changes that do not apply (their source or parent is not there) do nothing: that is what a lost name means. */
  apply(change: NameChange): void {
    if (change.kind === 'link') {
      if (this.#nodes.get(parentOf(change.path))?.isDirectory) this.#nodes.set(change.path, change.node);
    } else if (change.kind === 'unlink') {
      for (const path of this.under(change.path)) this.#nodes.delete(path);
    } else if (this.#nodes.has(change.from) && this.#nodes.get(parentOf(change.to))?.isDirectory) {
      const moving = this.under(change.from).map((path) => [path, this.#nodes.get(path)!] as const);
      for (const path of this.under(change.to)) this.#nodes.delete(path);
      for (const [path] of moving) this.#nodes.delete(path);
      for (const [path, node] of moving) this.#nodes.set(change.to + path.slice(change.from.length), node);
    }
  }

  /** A path and all that lies under it. */
  under(path: string): string[] {
    const node = this.#nodes.get(path);
    if (node === undefined) return [];
    if (!node.isDirectory) return [path];
    const prefix = path === '' ? '' : `${path}/`;
    return [...this.#nodes.keys()].filter((name) => name === path || (name !== '' && name.startsWith(prefix)));
  }

  /** Names right in a directory, sorted. */
  children(path: string): string[] {
    const prefix = path === '' ? '' : `${path}/`;
    const names: string[] = [];
    for (const name of this.#nodes.keys()) {
      if (name === '' || !name.startsWith(prefix) || name === path) continue;
      const rest = name.slice(prefix.length);
      if (!rest.includes('/')) names.push(rest);
    }
    return names.sort();
  }

  entries(): IterableIterator<[string, SimulatedNode]> {
    return this.#nodes.entries();
  }

  copy(): NameTable {
    const copy = new NameTable();
    for (const [path, node] of this.#nodes) copy.#nodes.set(path, node);
    return copy;
  }
}

/** The directories whose fsync makes a change durable. */
export function directoriesOf(change: NameChange): readonly string[] {
  if (change.kind !== 'move') return [parentOf(change.path)];
  return [parentOf(change.from), parentOf(change.to)];
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
