import { histogramCell } from './cell-layout.ts';
import { countAll, summary } from './collect-traffic.ts';
import type { Exposition } from './exposition.ts';
import { bucketCount, lowerBoundUs } from './latency-buckets.ts';
import type { MetricsMoment, MetricsSource, ProcessFacts } from './metrics-source.ts';
import type { Sums } from './recent.ts';
import { sumKey } from './thread-sums.ts';

const controller = 'kafka_controller_kafkacontroller_';
const raft = 'kafka_server_raft_metrics_';

export function collectNode(out: Exposition, source: MetricsSource, sums: Sums, moment: MetricsMoment): void {
  const { node, metadata } = source;
  out.begin('millrace_build').sample(1, source.version, source.nodeId, source.clusterId);
  out.single('kafka_server_kafkaserver_brokerstate', node.get('brokerState'));
  out.single('kafka_server_broker_metadata_metrics_last_applied_record_offset', node.get('publishedOffset'));
  const isActive = node.get('isActiveController') === 1;
  let topics = 0;
  metadata.topics.forEachTopic(() => {
    topics += 1;
  });
  const timestampMs = node.get('imageTimestampMs');
  out.single(`${controller}activecontrollercount`, Number(isActive));
  out.single(`${controller}activebrokercount`, node.get('activeBrokers'));
  out.single(`${controller}fencedbrokercount`, node.get('fencedBrokers'));
  out.single(`${controller}globaltopiccount`, topics);
  out.single(`${controller}lastappliedrecordoffset`, node.get('imageOffset'));
  out.single(`${controller}lastappliedrecordtimestamp`, timestampMs);
  out.single(
    `${controller}lastappliedrecordlagms`,
    isActive ? 0 : Math.max(0, Math.round(moment.wallMs - timestampMs)),
  );
  out.single(`${controller}lastcommittedrecordoffset`, node.get('raftHighWatermark') - 1);
  collectRaft(out, source, sums);
}

function collectRaft(out: Exposition, { node, recent }: MetricsSource, sums: Sums): void {
  out.begin(`${raft}current_state`).sample(1, node.raftRole);
  out.single(`${raft}current_leader`, node.get('raftLeader'));
  out.single(`${raft}current_epoch`, node.get('raftEpoch'));
  out.single(`${raft}high_watermark`, node.get('raftHighWatermark'));
  out.single(`${raft}log_end_offset`, node.get('raftEndOffset'));
  if (node.raftRole === 'leader') {
    out.single(`${raft}number_of_voters`, node.get('raftVoters'));
    out.single(`${raft}number_of_observers`, node.get('raftObservers'));
  }
  const times = sums.get(sumKey.commitTimes);
  if (times === undefined) return;
  const lately = recent.since(sumKey.commitTimes, times);
  out.single(`${raft}commit_latency_avg`, lately[histogramCell.sumMs]! / countAll(lately));
  out.single(`${raft}commit_latency_max`, longestMs(lately));
}

/** The end of the last bucket in which something was counted. */
function longestMs(times: Float64Array): number {
  for (let bucket = bucketCount - 1; bucket >= 0; bucket--) {
    if (times[bucket]! > 0) return lowerBoundUs(bucket + 1) / 1000;
  }
  return Number.NaN;
}

export function collectLogs(out: Exposition, source: MetricsSource, sums: Sums): void {
  const { directories } = source;
  out.single('kafka_log_logmanager_offlinelogdirectorycount', directories.filter((one) => !one.isOnline()).length);
  out.begin('kafka_log_logmanager_logdirectoryoffline');
  for (const directory of directories) out.sample(Number(!directory.isOnline()), directory.path);
  out.begin('millrace_log_directory_logs');
  for (const directory of directories) out.sample(directory.logs(), directory.path);
  const flushes = sums.get(sumKey.flushTimes);
  if (flushes === undefined) return;
  summary(out.begin('kafka_log_logflushstats_logflushrateandtimems'), source, flushes, sumKey.flushTimes, []);
}

export function collectProcess(out: Exposition, facts: ProcessFacts): void {
  out.single('process_cpu_seconds_total', facts.cpuSeconds);
  out.single('process_resident_memory_bytes', facts.residentBytes);
  if (facts.openFiles !== undefined) out.single('process_open_fds', facts.openFiles);
  out.single('process_max_fds', facts.mostOpenFiles);
  out.single('process_start_time_seconds', facts.startedAtSeconds);
}
