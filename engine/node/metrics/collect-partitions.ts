import { runtimeColumn, runtimeRowWords } from '../../metadata/columns/layout.ts';
import { int64In } from '../../ring/shared-columns.ts';
import type { Exposition } from './exposition.ts';
import type { PartitionFacts } from './metadata-reader.ts';
import type { MetricsSource } from './metrics-source.ts';

interface PartitionTotals {
  all: number;
  led: number;
  replicas: number;
  underReplicated: number;
  underMinIsr: number;
  atMinIsr: number;
  leaderless: number;
  imbalanced: number;
  onOfflineDirectories: number;
}

interface LogSample {
  readonly topic: string;
  readonly partition: number;
  readonly start: number;
  readonly end: number;
  /** Negative: not known, the log was not opened yet. */
  readonly bytes: number;
}

/** What one walk over the partitions shows. */
export function collectPartitions(out: Exposition, source: MetricsSource): void {
  const totals: PartitionTotals = {
    all: 0,
    led: 0,
    replicas: 0,
    underReplicated: 0,
    underMinIsr: 0,
    atMinIsr: 0,
    leaderless: 0,
    imbalanced: 0,
    onOfflineDirectories: 0,
  };
  const logs: LogSample[] = [];
  let leftOut = 0;
  const runtimeWords = new Int32Array(runtimeRowWords);
  source.reader.forEachPartition((row, facts) => {
    add(totals, facts, source);
    if (!source.metadata.runtime.read(row, runtimeWords)) return;
    const directory = runtimeWords[runtimeColumn.logDirectory]!;
    if (directory < 0) return;
    if (facts.isReplica && source.directories[directory]?.isOnline() === false) totals.onOfflineDirectories += 1;
    if (logs.length >= source.mostPartitions) {
      leftOut += 1;
      return;
    }
    const topic = source.reader.topic(facts.topicRow);
    if (topic === undefined) return;
    logs.push({
      topic: topic.name,
      partition: facts.partition,
      start: int64In(runtimeWords, runtimeColumn.logStartOffset),
      end: int64In(runtimeWords, runtimeColumn.logEndOffset),
      bytes: int64In(runtimeWords, runtimeColumn.sizeBytes),
    });
  });
  writeTotals(out, totals);
  writeLogs(out, logs);
  out.single('millrace_partitions_left_out', leftOut);
}

function add(totals: PartitionTotals, facts: PartitionFacts, { nodeId, node, reader }: MetricsSource): void {
  const { leader, replicas, inSync } = facts;
  totals.all += 1;
  if (facts.isReplica) totals.replicas += 1;
  if (leader < 0) totals.leaderless += 1;
  if (!facts.isPreferred) totals.imbalanced += 1;
  if (leader !== nodeId) return;
  totals.led += 1;
  if (inSync < replicas) totals.underReplicated += 1;
  const wanted = reader.topic(facts.topicRow)?.minInsyncReplicas ?? node.get('minInsyncReplicas');
  const minIsr = Math.min(wanted, replicas);
  if (inSync < minIsr) totals.underMinIsr += 1;
  else if (inSync === minIsr) totals.atMinIsr += 1;
}

function writeTotals(out: Exposition, totals: PartitionTotals): void {
  const replica = (name: string, value: number): Exposition => out.single(`kafka_server_replicamanager_${name}`, value);
  replica('leadercount', totals.led);
  replica('partitioncount', totals.replicas);
  replica('underreplicatedpartitions', totals.underReplicated);
  replica('underminisrpartitioncount', totals.underMinIsr);
  replica('atminisrpartitioncount', totals.atMinIsr);
  replica('offlinereplicacount', totals.onOfflineDirectories);
  out.single('kafka_controller_kafkacontroller_globalpartitioncount', totals.all);
  out.single('kafka_controller_kafkacontroller_offlinepartitionscount', totals.leaderless);
  out.single('kafka_controller_kafkacontroller_preferredreplicaimbalancecount', totals.imbalanced);
}

function writeLogs(out: Exposition, logs: readonly LogSample[]): void {
  out.begin('kafka_log_log_size');
  for (const { topic, partition, bytes } of logs) if (bytes >= 0) out.sample(bytes, topic, partition);
  out.begin('kafka_log_log_logstartoffset');
  for (const { topic, partition, start } of logs) out.sample(start, topic, partition);
  out.begin('kafka_log_log_logendoffset');
  for (const { topic, partition, end } of logs) out.sample(end, topic, partition);
}
