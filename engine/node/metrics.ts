/**
 * Counters of one thread in cells that every thread may read. Each cell has one writer, so that counting costs a load
 * and a store; a reader adds the threads up. 64-bit floats: exact up to 2^53.
 */
const names = [
  'producedBytes',
  'producedRecords',
  'producedBatches',
  'fetchedBytes',
  'copiedProduceBytes',
  'copiedFetchBytes',
  'requests',
  'acceptedConnections',
  'closedConnections',
  'openConnections',
] as const;

export type MetricName = (typeof names)[number];

const indexOf = Object.fromEntries(names.map((name, index) => [name, index])) as Record<MetricName, number>;

export class Metrics {
  readonly cells: Float64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.cells = new Float64Array(buffer);
  }

  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(names.length * 8);
  }

  add(name: MetricName, amount: number): void {
    this.cells[indexOf[name]]! += amount;
  }

  /** The thread died, and its connections with it. */
  closeAllConnections(): void {
    this.add('closedConnections', this.cells[indexOf.openConnections]!);
    this.cells[indexOf.openConnections] = 0;
  }

  /** The sum over several threads' cells. */
  static total(buffers: readonly SharedArrayBuffer[]): Record<MetricName, number> {
    const cells = buffers.map((buffer) => new Float64Array(buffer));
    return Object.fromEntries(
      names.map((name, index) => [name, cells.reduce((sum, thread) => sum + thread[index]!, 0)]),
    ) as Record<MetricName, number>;
  }
}
