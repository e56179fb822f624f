import { apiRow } from '../../protocol/api-table.ts';
import { errorName } from '../../protocol/errors.ts';
import {
  type CounterName,
  cellStart,
  countedApis,
  countedErrorCodes,
  countedVersions,
  fetchConsumerKey,
  fetchFollowerKey,
  histogramCell,
  lowestErrorCode,
  scalarCell,
  topicCell,
  topicKey,
  topicRowOfKey,
} from './cell-layout.ts';
import type { Exposition } from './exposition.ts';
import { bucketCount, countBelow, quantileMs } from './latency-buckets.ts';
import type { MetricsSource } from './metrics-source.ts';
import type { Sums } from './recent.ts';
import { sumKey } from './thread-sums.ts';
import { topicSlotsOf } from './topic-cells.ts';

/** What of a topic and of all topics is counted in which cells. */
const topicMetrics: readonly (readonly [string, CounterName, number])[] = [
  ['messagesin', 'producedRecords', topicCell.records],
  ['bytesin', 'producedBytes', topicCell.bytesIn],
  ['bytesout', 'fetchedBytes', topicCell.bytesOut],
  ['totalproducerequests', 'produceRequests', topicCell.produceRequests],
  ['totalfetchrequests', 'fetchRequests', topicCell.fetchRequests],
  ['failedproducerequests', 'failedProduceRequests', topicCell.failedProduceRequests],
  ['failedfetchrequests', 'failedFetchRequests', topicCell.failedFetchRequests],
];

const quantiles: readonly string[] = ['0.50', '0.75', '0.95', '0.98', '0.99', '0.999'];

/** Bounds of the native histogram: 2^bits µs, from 64 µs to 16.8 s. */
const leBits = Array.from({ length: 19 }, (_, index) => index + 6);

export function sumScalar({ threads }: MetricsSource, name: CounterName): number {
  return threads.reduce((sum, cells) => sum + cells[scalarCell[name]]!, 0);
}

export function collectTopics(out: Exposition, source: MetricsSource): void {
  const topics = sumTopics(source);
  for (const [metric, counter, cell] of topicMetrics) {
    out.begin(`kafka_server_brokertopicmetrics_${metric}_total`).sample(sumScalar(source, counter));
    for (const [name, sum] of topics) out.sample(sum[cell]!, name);
  }
}

/** The cells of live topics, over all threads, by name. */
function sumTopics({ threads, reader }: MetricsSource): Map<string, Float64Array> {
  const sums = new Map<string, Float64Array>();
  const line = new Float64Array(topicCell.each);
  for (const cells of threads) {
    const slots = topicSlotsOf(cells);
    for (let slot = 0; slot < slots; slot++) {
      const start = cellStart.topics + slot * topicCell.each;
      const key = cells[start + topicCell.key]!;
      if (key === 0) continue;
      line.set(cells.subarray(start, start + topicCell.each));
      const row = topicRowOfKey(key);
      const topic = reader.topic(row);
      // The cells, or the row, may be another topic's by now.
      if (topic === undefined || topicKey(row, topic.generation) !== key) continue;
      if (cells[start + topicCell.key] !== key) continue;
      const sum = sums.get(topic.name);
      if (sum === undefined) sums.set(topic.name, line.slice());
      else for (let cell = topicCell.key + 1; cell < topicCell.each; cell++) sum[cell]! += line[cell]!;
    }
  }
  return sums;
}

export function collectRequests(out: Exposition, source: MetricsSource, sums: Sums): void {
  out.begin('kafka_network_requestmetrics_requests_total');
  eachApi(source, cellStart.requests, countedVersions, (api, version, count) => out.sample(count, api, version));
  out.begin('kafka_network_requestmetrics_errors_total');
  eachApi(source, cellStart.errors, countedErrorCodes, (api, index, count) => {
    const code = index + lowestErrorCode;
    out.sample(count, api, errorName(code) ?? String(code));
  });
  summaries(out, source, sums, 'kafka_network_requestmetrics_totaltimems', sumKey.totalTimes);
  summaries(out, source, sums, 'kafka_network_requestmetrics_requestqueuetimems', sumKey.queueTimes);
  out.begin('millrace_request_duration_seconds');
  for (let apiKey = 0; apiKey < countedApis; apiKey++) {
    const times = sums.get(sumKey.totalTimes(apiKey));
    if (times !== undefined) nativeHistogram(out, times, apiName(apiKey));
  }
}

/** Visits what is not 0 in a table of `each` cells an API, added up over the threads. */
function eachApi(
  { threads }: MetricsSource,
  start: number,
  each: number,
  visit: (api: string, index: number, count: number) => void,
): void {
  for (let apiKey = 0; apiKey < countedApis; apiKey++) {
    for (let index = 0; index < each; index++) {
      let count = 0;
      for (const cells of threads) count += cells[start + apiKey * each + index]!;
      if (count > 0) visit(apiName(apiKey), index, count);
    }
  }
}

function summaries(
  out: Exposition,
  source: MetricsSource,
  sums: Sums,
  metric: string,
  keyOf: (apiKey: number) => number,
): void {
  out.begin(metric);
  for (let apiKey = 0; apiKey < countedApis; apiKey++) {
    const times = sums.get(keyOf(apiKey));
    if (times !== undefined) summary(out, source, times, keyOf(apiKey), [apiName(apiKey)]);
  }
}

/** Quantiles of what is recent; sum and count of all. */
export function summary(
  out: Exposition,
  { recent }: MetricsSource,
  times: Float64Array,
  key: number,
  labels: readonly string[],
): void {
  const lately = recent.since(key, times);
  for (const quantile of quantiles) out.part('', quantileMs(lately, Number(quantile)), labels, ['quantile', quantile]);
  out.part('_sum', times[histogramCell.sumMs]!, labels);
  out.part('_count', countAll(times), labels);
}

function nativeHistogram(out: Exposition, times: Float64Array, api: string): void {
  for (const bits of leBits) out.part('_bucket', countBelow(times, bits), [api], ['le', String(2 ** bits / 1e6)]);
  const all = countAll(times);
  out.part('_bucket', all, [api], ['le', '+Inf']);
  out.part('_sum', times[histogramCell.sumMs]! / 1000, [api]);
  out.part('_count', all, [api]);
}

export function countAll(times: Float64Array): number {
  let count = 0;
  for (let bucket = 0; bucket < bucketCount; bucket++) count += times[bucket]!;
  return count;
}

function apiName(apiKey: number): string {
  if (apiKey === fetchConsumerKey) return 'FetchConsumer';
  if (apiKey === fetchFollowerKey) return 'FetchFollower';
  return apiRow(apiKey)?.name ?? String(apiKey);
}
