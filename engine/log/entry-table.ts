/**
 * Fixed-size entries in file format that only grow at the end, or are cut there. What has been written to the file is
 * remembered, so that a flush writes just the tail.
 */
export class EntryTable {
  readonly entryBytes: number;
  #bytes: Uint8Array;
  #view: DataView;
  #count = 0;
  /** Entries that the file already holds. */
  persistedCount = 0;

  constructor(entryBytes: number) {
    this.entryBytes = entryBytes;
    this.#bytes = emptyBytes;
    this.#view = emptyView;
  }

  get count(): number {
    return this.#count;
  }

  get view(): DataView {
    return this.#view;
  }

  /** Makes room for one more entry and answers where it begins. */
  push(): number {
    const at = this.#count * this.entryBytes;
    if (at + this.entryBytes > this.#bytes.length) this.#grow(at);
    this.#count++;
    return at;
  }

  /** Takes the bytes of a file over, without copying; a torn entry at the end is left out. */
  adopt(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#count = Math.floor(bytes.length / this.entryBytes);
    this.persistedCount = this.#count;
  }

  cutTo(count: number): void {
    if (count >= this.#count) return;
    this.#count = count;
    if (this.persistedCount > count) this.persistedCount = count;
  }

  /** The entries that the file lacks; valid until the next push. */
  unpersisted(): Uint8Array {
    return this.#bytes.subarray(this.persistedCount * this.entryBytes, this.#count * this.entryBytes);
  }

  #grow(used: number): void {
    const bytes = new Uint8Array(Math.max(8 * this.entryBytes, used * 2));
    bytes.set(this.#bytes.subarray(0, used));
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer);
  }
}

const emptyBytes = new Uint8Array(0);
const emptyView = new DataView(emptyBytes.buffer);
