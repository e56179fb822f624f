import { bucketCount } from './latency-buckets.ts';

/**
 * Where what lies in a thread's cells (see ../metrics.ts). All cells are 64-bit floats, 8 bytes apart: a store of one is a
 * single machine instruction, so that a reader of another thread sees the old number or the new one.
 */

/** They only grow, also over a shard's deaths. */
export const counterNames = [
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
  'refusedConnections',
  'produceRequests',
  'failedProduceRequests',
  'fetchRequests',
  'failedFetchRequests',
  'busyMs',
  'idleMs',
  'copiedBytes',
  'replicatedBytes',
  'isrShrinks',
  'isrExpands',
  'failedIsrUpdates',
] as const;

/** What a thread holds now, as it last said; nothing once it is dead. */
export const gaugeNames = [
  'ingressBytes',
  'fetchBytes',
  'replicationBytes',
  'controlBytes',
  'chunks',
  'slabs',
  'freeSlabs',
  'creditsOutstanding',
  'fullestRing',
  'waiting',
  'requestsUnderWay',
  'fetchCalls',
  'heapBytes',
  'openPartitions',
  'fetchSessions',
  'replicaMaxLag',
] as const;

export type CounterName = (typeof counterNames)[number];
export type GaugeName = (typeof gaugeNames)[number];

const scalars: readonly string[] = [...counterNames, ...gaugeNames];
export const scalarCell = Object.fromEntries(scalars.map((name, index) => [name, index])) as Record<
  CounterName | GaugeName,
  number
>;

/** Apis by key, versions and error codes that are counted one by one; whatever is beyond is not. */
export const countedApis = 96;
/** In the place of APIs that there are not: of Fetch, what consumers ask and what replicas ask, as Apache Kafka does. */
export const fetchConsumerKey = countedApis - 2;
export const fetchFollowerKey = countedApis - 1;
export const countedVersions = 32;
export const lowestErrorCode = -1;
export const countedErrorCodes = 160;
/** Listeners in the order of `listeners`. */
export const countedListeners = 16;
export const listenerCells = { accepted: 0, closed: 1, each: 2 } as const;

/** A histogram: its buckets, then the sum of all times in milliseconds, rounded up to whole cache lines. */
export const histogramCell = { sumMs: bucketCount, each: Math.ceil((bucketCount + 1) / 8) * 8 } as const;

/** A topic's cells: one cache line. The key is 0 while nobody has them. */
export const topicCell = {
  key: 0,
  records: 1,
  bytesIn: 2,
  bytesOut: 3,
  produceRequests: 4,
  failedProduceRequests: 5,
  fetchRequests: 6,
  failedFetchRequests: 7,
  each: 8,
} as const;

const requestsAt = Math.ceil(scalars.length / 8) * 8;
const errorsAt = requestsAt + countedApis * countedVersions;
const listenersAt = errorsAt + countedApis * countedErrorCodes;
const totalTimesAt = listenersAt + countedListeners * listenerCells.each;
const queueTimesAt = totalTimesAt + countedApis * histogramCell.each;
const flushTimesAt = queueTimesAt + countedApis * histogramCell.each;
const commitTimesAt = flushTimesAt + histogramCell.each;
const topicsAt = commitTimesAt + histogramCell.each;

/** First cells of the parts. */
export const cellStart = {
  requests: requestsAt,
  errors: errorsAt,
  listeners: listenersAt,
  totalTimes: totalTimesAt,
  queueTimes: queueTimesAt,
  flushTimes: flushTimesAt,
  commitTimes: commitTimesAt,
  topics: topicsAt,
} as const;

/** The key of a topic's cells: a row and its generation, which goes up with each tenant; exact, and never 0. */
export function topicKey(topicRow: number, generation: number): number {
  return topicRow * 0x200000 + (generation & 0x1fffff) + 1;
}

export function topicRowOfKey(key: number): number {
  return Math.floor((key - 1) / 0x200000);
}
