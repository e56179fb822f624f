import {
  type CounterName,
  cellStart,
  countedApis,
  countedErrorCodes,
  countedListeners,
  countedVersions,
  counterNames,
  fetchConsumerKey,
  fetchFollowerKey,
  type GaugeName,
  gaugeNames,
  histogramCell,
  listenerCells,
  lowestErrorCode,
  scalarCell,
  topicCell,
} from './metrics/cell-layout.ts';
import { eachErrorCode } from './metrics/error-codes.ts';
import { bucketOf } from './metrics/latency-buckets.ts';
import { TopicCells } from './metrics/topic-cells.ts';

export type MetricName = CounterName;

/** Topics with counters of their own, a thread, where nobody says otherwise. */
const defaultTopics = 1000;

/** Written out, for V8 makes constants of these: they are used with every request. */
const hotCell = {
  requests: scalarCell.requests,
  producedBytes: scalarCell.producedBytes,
  producedRecords: scalarCell.producedRecords,
  producedBatches: scalarCell.producedBatches,
  produceRequests: scalarCell.produceRequests,
  failedProduceRequests: scalarCell.failedProduceRequests,
  fetchRequests: scalarCell.fetchRequests,
  fetchedBytes: scalarCell.fetchedBytes,
  failedFetchRequests: scalarCell.failedFetchRequests,
} as const;

/** Every topic row may be anybody's: for threads that know of no topics. */
const noTopics = (): boolean => false;

/**
 * Counters of one thread in cells that every thread may read. Each cell has one writer, so that counting costs a load
 * and a store; a reader adds the threads up. 64-bit floats: exact up to 2^53. A thread that is started again goes on in
 * its predecessor's cells.
 */
export class Metrics {
  readonly cells: Float64Array;
  /** Names by which listeners are counted apart, in the order of `listeners`. */
  listeners: readonly string[] = [];
  private readonly topics: TopicCells;

  constructor(buffer: SharedArrayBuffer, isCurrentTopic: (topicRow: number, generation: number) => boolean = noTopics) {
    this.cells = new Float64Array(buffer);
    this.topics = new TopicCells(this.cells, isCurrentTopic);
  }

  static allocate(topics: number = defaultTopics): SharedArrayBuffer {
    return new SharedArrayBuffer((cellStart.topics + (topics + 1) * topicCell.each) * 8);
  }

  add(name: CounterName, amount: number): void {
    this.cells[scalarCell[name]]! += amount;
  }

  set(name: GaugeName, value: number): void {
    this.cells[scalarCell[name]] = value;
  }

  // --- requests

  countRequest(apiKey: number, version: number): void {
    const { cells } = this;
    cells[hotCell.requests]! += 1;
    if (apiKey >= countedApis || version >= countedVersions) return;
    cells[cellStart.requests + apiKey * countedVersions + version]! += 1;
  }

  /** The same of a Fetch, once more by who asks. */
  countFetchOf(isReplica: boolean, version: number): void {
    if (version >= countedVersions) return;
    const key = isReplica ? fetchFollowerKey : fetchConsumerKey;
    this.cells[cellStart.requests + key * countedVersions + version]! += 1;
  }

  countError(apiKey: number, code: number): void {
    const { cells } = this;
    const at = code - lowestErrorCode;
    if (apiKey < countedApis && at >= 0 && at < countedErrorCodes) {
      cells[cellStart.errors + apiKey * countedErrorCodes + at]! += 1;
    }
  }

  /** The error codes in a response, 0 among them, wherever in it they stand. */
  countErrorsIn(apiKey: number, response: object): void {
    eachErrorCode(response, (code) => this.countError(apiKey, code));
  }

  /** How long a request took from its last byte to the answer's being handed to the socket, and until it was begun. */
  countTimes(apiKey: number, totalMs: number, queueMs: number): void {
    if (apiKey < 0 || apiKey >= countedApis) return;
    this.time(cellStart.totalTimes + apiKey * histogramCell.each, totalMs);
    this.time(cellStart.queueTimes + apiKey * histogramCell.each, queueMs);
  }

  countFlush(ms: number): void {
    this.time(cellStart.flushTimes, ms);
  }

  /** From a metadata record's being written to its being committed. */
  countCommit(ms: number): void {
    this.time(cellStart.commitTimes, ms);
  }

  // --- topics

  /** A batch is on its way into the log. */
  countAppended(topicRow: number, generation: number, bytes: number, records: number): void {
    const { cells } = this;
    cells[hotCell.producedBytes]! += bytes;
    cells[hotCell.producedRecords]! += records;
    cells[hotCell.producedBatches]! += 1;
    const start = this.topics.of(topicRow, generation);
    cells[start + topicCell.bytesIn]! += bytes;
    cells[start + topicCell.records]! += records;
  }

  /** A partition's part of a Produce request was answered. */
  countProduce(topicRow: number, generation: number, hasFailed: boolean): void {
    const { cells } = this;
    cells[hotCell.produceRequests]! += 1;
    const start = this.topics.of(topicRow, generation);
    cells[start + topicCell.produceRequests]! += 1;
    if (!hasFailed) return;
    cells[hotCell.failedProduceRequests]! += 1;
    cells[start + topicCell.failedProduceRequests]! += 1;
  }

  /** A partition's part of a Fetch request was answered. */
  countFetch(topicRow: number, generation: number, bytes: number, hasFailed: boolean): void {
    const { cells } = this;
    cells[hotCell.fetchRequests]! += 1;
    cells[hotCell.fetchedBytes]! += bytes;
    const start = this.topics.of(topicRow, generation);
    cells[start + topicCell.fetchRequests]! += 1;
    cells[start + topicCell.bytesOut]! += bytes;
    if (!hasFailed) return;
    cells[hotCell.failedFetchRequests]! += 1;
    cells[start + topicCell.failedFetchRequests]! += 1;
  }

  // --- connections

  connectionOpened(listener: string): void {
    this.add('acceptedConnections', 1);
    this.add('openConnections', 1);
    this.countListener(listener, listenerCells.accepted);
  }

  connectionClosed(listener: string): void {
    this.add('closedConnections', 1);
    this.add('openConnections', -1);
    this.countListener(listener, listenerCells.closed);
  }

  /** The thread died, its connections with it, and it holds nothing any more. */
  died(): void {
    this.add('closedConnections', this.cells[scalarCell.openConnections]!);
    this.cells[scalarCell.openConnections] = 0;
    for (let listener = 0; listener < countedListeners; listener++) {
      const at = cellStart.listeners + listener * listenerCells.each;
      this.cells[at + listenerCells.closed] = this.cells[at + listenerCells.accepted]!;
    }
    for (const name of gaugeNames) this.set(name, 0);
  }

  /** The sum over several threads' cells. */
  static total(buffers: readonly SharedArrayBuffer[]): Record<CounterName, number> {
    const cells = buffers.map((buffer) => new Float64Array(buffer));
    return Object.fromEntries(
      counterNames.map((name) => [name, Math.round(cells.reduce((sum, thread) => sum + thread[scalarCell[name]]!, 0))]),
    ) as Record<CounterName, number>;
  }

  private countListener(listener: string, cell: number): void {
    const index = this.listeners.indexOf(listener);
    if (index < 0 || index >= countedListeners) return;
    this.cells[cellStart.listeners + index * listenerCells.each + cell]! += 1;
  }

  private time(start: number, ms: number): void {
    const { cells } = this;
    cells[start + bucketOf(ms)]! += 1;
    cells[start + histogramCell.sumMs]! += ms;
  }
}
