const sizeBytes = 4;

/**
 * Cuts a stream into frames, each behind its int32 size. Holds what has come of the frame under way, never what its
 * size claims: memory doubles with what arrives, from what the frame before came to, and a frame over `maxBytes` ends
 * the stream.
 */
export class FrameAssembler {
  readonly #maxBytes: number;
  readonly #frame: (bytes: Uint8Array) => void;
  readonly #keptBytes: number;
  readonly #isExpected: () => boolean;
  #size = 0;
  #sizeRead = 0;
  #held = new Uint8Array(0);
  #heldBytes = 0;
  #lastFrameBytes = 0;

  /**
   * @param frame is given each frame's bytes without the size.
   * @param options.keptBytes frames up to this size lie in one memory, and each is there until bytes of the next come;
   *   larger ones, and without it all, stay the receiver's own.
   * @param options.isExpected whether a frame may begin: before that the memory of the last one is not touched.
   */
  constructor(
    maxBytes: number,
    frame: (bytes: Uint8Array) => void,
    options: { readonly keptBytes?: number | undefined; readonly isExpected?: () => boolean } = {},
  ) {
    this.#maxBytes = maxBytes;
    this.#frame = frame;
    this.#keptBytes = options.keptBytes ?? 0;
    this.#isExpected = options.isExpected ?? (() => true);
  }

  /** False: what came is no frame that may be taken; the stream is of no use any more. */
  take(bytes: Uint8Array): boolean {
    let at = 0;
    while (at < bytes.length) {
      if (this.#sizeRead < sizeBytes) {
        if (this.#sizeRead === 0 && !this.#isExpected()) return false;
        this.#size = (this.#size << 8) | bytes[at++]!;
        this.#sizeRead++;
        if (this.#sizeRead < sizeBytes) continue;
        if (this.#size < sizeBytes || this.#size > this.#maxBytes) return false;
      }
      const part = bytes.subarray(at, at + this.#size - this.#heldBytes);
      at += part.length;
      this.#makeRoom(part.length);
      this.#held.set(part, this.#heldBytes);
      this.landed(part.length);
    }
    return true;
  }

  /**
   * Room within the frame under way where at least `leastBytes` may land without being copied again; null where so much
   * is not missing of it. What lands there is told to `landed`, and nothing is taken in between.
   */
  landing(leastBytes: number): Uint8Array | null {
    if (this.#sizeRead < sizeBytes || this.#size - this.#heldBytes < leastBytes) return null;
    this.#makeRoom(leastBytes);
    return this.#held.subarray(this.#heldBytes, this.#size);
  }

  landed(length: number): void {
    this.#heldBytes += length;
    if (this.#heldBytes === this.#size) this.#complete();
  }

  #makeRoom(bytes: number): void {
    const needed = this.#heldBytes + bytes;
    if (needed <= this.#held.length) return;
    const grown = new Uint8Array(Math.min(this.#size, Math.max(needed, 2 * this.#held.length, this.#lastFrameBytes)));
    grown.set(this.#held.subarray(0, this.#heldBytes));
    this.#held = grown;
  }

  #complete(): void {
    const frame = this.#held.subarray(0, this.#heldBytes);
    this.#lastFrameBytes = this.#heldBytes;
    this.#size = 0;
    this.#sizeRead = 0;
    if (this.#held.length > this.#keptBytes) this.#held = new Uint8Array(0);
    this.#heldBytes = 0;
    this.#frame(frame);
  }
}
