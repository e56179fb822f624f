import { collectLogs, collectNode, collectProcess } from './collect-node.ts';
import { collectPartitions } from './collect-partitions.ts';
import { collectShards } from './collect-shards.ts';
import { collectRequests, collectTopics } from './collect-traffic.ts';
import { Exposition, type ExpositionFormat } from './exposition.ts';
import type { MetricsMoment, MetricsSource, ProcessFacts } from './metrics-source.ts';
import { sumThreads } from './thread-sums.ts';

/** The page of metrics, from shared memory as it is now. */
export function renderMetrics(
  format: ExpositionFormat,
  source: MetricsSource,
  facts: ProcessFacts,
  moment: MetricsMoment,
): string {
  const out = new Exposition(format);
  const sums = sumThreads(source.threads);
  collectTopics(out, source);
  collectRequests(out, source, sums);
  collectPartitions(out, source);
  collectNode(out, source, sums, moment);
  collectLogs(out, source, sums);
  collectShards(out, source, sums);
  collectProcess(out, facts);
  return out.toString();
}
