import { cellStart, topicCell, topicKey, topicRowOfKey } from './cell-layout.ts';

/**
 * Cells by topic, for as many topics as there is room for: those that had traffic on this thread, first come first served.
 * When all are taken, cells of topics that are gone are given to others; with none of those, further topics are counted
 * in the totals only. What a dead shard counted is its successor's to go on with.
 */
export class TopicCells {
  private readonly cells: Float64Array;
  private readonly isCurrent: (topicRow: number, generation: number) => boolean;
  private readonly slots: number;
  /** First cell and generation by topic row; rows without traffic have none. */
  private readonly starts: (number | undefined)[] = [];
  private readonly generations: (number | undefined)[] = [];
  /** Where topics without cells of their own are counted: nobody reads it. */
  private readonly nowhere: number;
  private used = 0;
  private lookAgainAt = 0;

  /**
   * `cells`: those of the thread; the last line is not a topic's. `isCurrent`: whether the row still belongs to the topic
   * that had this generation.
   */
  constructor(cells: Float64Array, isCurrent: (topicRow: number, generation: number) => boolean) {
    this.cells = cells;
    this.isCurrent = isCurrent;
    this.slots = topicSlotsOf(cells);
    this.nowhere = cellStart.topics + this.slots * topicCell.each;
    for (; this.used < this.slots; this.used++) {
      const start = this.startOf(this.used);
      const key = cells[start + topicCell.key]!;
      if (key === 0) break;
      const row = topicRowOfKey(key);
      this.starts[row] = start;
      this.generations[row] = key - topicKey(row, 0);
    }
  }

  /** The first of the topic's cells. */
  of(topicRow: number, generation: number): number {
    const start = this.starts[topicRow];
    if (start !== undefined && this.generations[topicRow] === generation) return start;
    return this.assign(topicRow, generation);
  }

  private assign(topicRow: number, generation: number): number {
    const start = this.used < this.slots ? this.startOf(this.used++) : this.abandoned();
    if (start === -1) return this.nowhere;
    const { cells } = this;
    // A reader that sees the key sees counts of this topic: it looks at the key before and after.
    cells[start + topicCell.key] = 0;
    for (let cell = topicCell.key + 1; cell < topicCell.each; cell++) cells[start + cell] = 0;
    cells[start + topicCell.key] = topicKey(topicRow, generation);
    this.starts[topicRow] = start;
    this.generations[topicRow] = generation;
    return start;
  }

  /** Cells of a topic that is gone, or -1. All are looked at only once in a while, for there may be many that want some. */
  private abandoned(): number {
    if (this.lookAgainAt > 0) {
      this.lookAgainAt -= 1;
      return -1;
    }
    for (let slot = 0; slot < this.slots; slot++) {
      const start = this.startOf(slot);
      const key = this.cells[start + topicCell.key]!;
      const row = topicRowOfKey(key);
      if (this.isCurrent(row, key - topicKey(row, 0))) continue;
      if (this.starts[row] === start) this.starts[row] = undefined;
      return start;
    }
    this.lookAgainAt = 10_000;
    return -1;
  }

  private startOf(slot: number): number {
    return cellStart.topics + slot * topicCell.each;
  }
}

/** How many topics have cells of their own; one more line is for all others. */
export function topicSlotsOf(cells: Float64Array): number {
  return (cells.length - cellStart.topics) / topicCell.each - 1;
}
