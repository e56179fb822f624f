import type { Segment } from './segment.ts';

const slots = 16;

/**
 * Where the batches of a few offsets begin: the log's last ends and where readers will go on. A reader that follows the
 * tail, or walks through the log, never asks an index.
 */
export class PositionCache {
  readonly #offsets = new Float64Array(slots).fill(-1);
  readonly #positions = new Float64Array(slots);
  readonly #segments: (Segment | null)[] = new Array(slots).fill(null);
  #next = 0;
  /** Set by `find`. */
  segment: Segment | null = null;
  positionBytes = 0;

  remember(offset: number, segment: Segment, positionBytes: number): void {
    let slot = this.#offsets.indexOf(offset);
    if (slot < 0) {
      slot = this.#next;
      this.#next = (slot + 1) % slots;
    }
    this.#offsets[slot] = offset;
    this.#positions[slot] = positionBytes;
    this.#segments[slot] = segment;
  }

  /** True when it is known; `segment` and `positionBytes` then tell. */
  find(offset: number): boolean {
    const slot = this.#offsets.indexOf(offset);
    if (slot < 0) return false;
    const segment = this.#segments[slot];
    if (segment === null || segment.isGone) return false;
    this.segment = segment;
    this.positionBytes = this.#positions[slot];
    return true;
  }

  clear(): void {
    this.#offsets.fill(-1);
    this.#segments.fill(null);
    this.segment = null;
  }
}
