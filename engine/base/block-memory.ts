const blockBytes = 32 * 1024;

/**
 * Memory for what is small and soon forgotten: cut from blocks that are given up when they are used. The last who holds a
 * piece frees a block.
 */
export class BlockMemory {
  #block = new Uint8Array(0);
  #used = 0;

  take(bytes: number): Uint8Array {
    if (bytes > blockBytes) return new Uint8Array(bytes);
    if (this.#used + bytes > this.#block.length) {
      this.#block = new Uint8Array(blockBytes);
      this.#used = 0;
    }
    const piece = this.#block.subarray(this.#used, this.#used + bytes);
    this.#used += bytes;
    return piece;
  }
}
