import type { PartitionRow } from '../../base/brands.ts';

/** Which rows a topic's partitions have: pairs (first partition, first row), rising, flat. */
export type PartitionRuns = readonly number[];

/**
 * Hands out partition rows in runs as long as can be, so that most topics are one run. Rows given back are used first,
 * latest first.
 */
export class PartitionRowAllocator {
  /** Rows ever handed out. */
  rows = 0;
  private readonly freeStarts: number[] = [];
  private readonly freeCounts: number[] = [];

  /** How many of `count` rows would be new. */
  fresh(count: number): number {
    let left = count;
    for (let i = this.freeStarts.length - 1; i >= 0 && left > 0; i--) left -= this.freeCounts[i];
    return Math.max(0, left);
  }

  /** Runs for partitions `firstPartition` … `firstPartition + count - 1`. */
  take(firstPartition: number, count: number): number[] {
    const runs: number[] = [];
    let partition = firstPartition;
    for (let left = count; left > 0; ) {
      const last = this.freeStarts.length - 1;
      let start = this.rows;
      let n = left;
      if (last >= 0) {
        n = Math.min(left, this.freeCounts[last]);
        start = this.freeStarts[last];
        this.shrinkLast(last, n);
      } else {
        this.rows += left;
      }
      appendRun(runs, partition, start);
      partition += n;
      left -= n;
    }
    return runs;
  }

  give(start: PartitionRow, count: number): void {
    const last = this.freeStarts.length - 1;
    if (last >= 0 && this.freeStarts[last] + this.freeCounts[last] === start) {
      this.freeCounts[last] += count;
      return;
    }
    this.freeStarts.push(start);
    this.freeCounts.push(count);
  }

  private shrinkLast(last: number, n: number): void {
    if (this.freeCounts[last] === n) {
      this.freeStarts.pop();
      this.freeCounts.pop();
      return;
    }
    this.freeStarts[last] += n;
    this.freeCounts[last] -= n;
  }
}

/** Adds a run, joining it to the one before where rows follow on. */
export function appendRun(runs: number[], partition: number, row: PartitionRow): void {
  const last = runs.length - 2;
  if (last >= 0 && runs[last + 1] + partition - runs[last] === row) return;
  runs.push(partition, row);
}

/** Visits every partition of the runs of a topic with `count` partitions. */
export function forEachRow(
  runs: PartitionRuns,
  count: number,
  visit: (partition: number, row: PartitionRow) => void,
): void {
  for (let i = 0; i < runs.length; i += 2) {
    const end = i + 2 < runs.length ? runs[i + 2] : count;
    for (let partition = runs[i]; partition < end; partition++) visit(partition, runs[i + 1] + partition - runs[i]);
  }
}
