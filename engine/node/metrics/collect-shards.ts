import {
  type CounterName,
  cellStart,
  countedListeners,
  type GaugeName,
  listenerCells,
  scalarCell,
} from './cell-layout.ts';
import { sumScalar } from './collect-traffic.ts';
import type { Exposition } from './exposition.ts';
import type { MetricsSource } from './metrics-source.ts';
import type { Sums } from './recent.ts';
import { sumKey } from './thread-sums.ts';

export function collectShards(out: Exposition, source: MetricsSource, sums: Sums): void {
  const { node } = source;
  out.single('millrace_shards', source.shards);
  counter(out, source, 'millrace_shard_busy_seconds_total', 'busyMs', 1 / 1000);
  counter(out, source, 'millrace_shard_idle_seconds_total', 'idleMs', 1 / 1000);
  out.begin('millrace_shard_late_seconds');
  eachShard(source, (shard) => out.sample(node.ofShard(shard, 'lateMs') / 1000, shard));
  out.begin('millrace_shard_deaths_total');
  eachShard(source, (shard) => out.sample(node.ofShard(shard, 'deaths'), shard));
  out.begin('millrace_copied_bytes_total');
  eachShard(source, (shard, cells) => {
    out.sample(cells[scalarCell.copiedProduceBytes]!, shard, 'in');
    out.sample(cells[scalarCell.copiedFetchBytes]!, shard, 'out');
  });
  collectMemory(out, source);
  gauge(out, source, 'millrace_ring_credits_outstanding', 'creditsOutstanding');
  gauge(out, source, 'millrace_ring_fill', 'fullestRing');
  gauge(out, source, 'millrace_requests_under_way', 'requestsUnderWay');
  gauge(out, source, 'millrace_requests_waiting', 'waiting');
  gauge(out, source, 'millrace_open_partitions', 'openPartitions');
  const waitingFetches = sumGauge(source, 'fetchCalls');
  out.begin('kafka_server_delayedoperationpurgatory_purgatorysize').sample(waitingFetches, 'Fetch');
  out.single('kafka_server_fetchsessioncache_numincrementalfetchsessions', sumGauge(source, 'fetchSessions'));
  collectReplication(out, source);
  const loop = source.recent.since(sumKey.loop, sums.get(sumKey.loop)!);
  const idle = loop[1]! / (loop[0]! + loop[1]!);
  if (!Number.isNaN(idle)) {
    out.single('kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent', idle);
    out.single('kafka_network_socketserver_networkprocessoravgidle_percent', idle);
  }
  collectConnections(out, source);
}

function collectReplication(out: Exposition, source: MetricsSource): void {
  out.single('kafka_server_brokertopicmetrics_replicationbytesin_total', sumScalar(source, 'copiedBytes'));
  out.single('kafka_server_brokertopicmetrics_replicationbytesout_total', sumScalar(source, 'replicatedBytes'));
  out.single('kafka_server_replicamanager_isrshrinks_total', sumScalar(source, 'isrShrinks'));
  out.single('kafka_server_replicamanager_isrexpands_total', sumScalar(source, 'isrExpands'));
  out.single('kafka_server_replicamanager_failedisrupdates_total', sumScalar(source, 'failedIsrUpdates'));
  out.single('kafka_server_leaderreplication_byte_rate', source.throttled.leader());
  out.single('kafka_server_followerreplication_byte_rate', source.throttled.follower());
  let maxLag = 0;
  eachShard(source, (_shard, cells) => {
    maxLag = Math.max(maxLag, cells[scalarCell.replicaMaxLag]!);
  });
  out.single('kafka_server_replicafetchermanager_maxlag', maxLag);
}

function collectMemory(out: Exposition, source: MetricsSource): void {
  const classes = ['ingress', 'fetch', 'replication', 'control'] as const;
  out.begin('millrace_arena_used_bytes');
  eachShard(source, (shard, cells) => {
    for (const one of classes) out.sample(cells[scalarCell[`${one}Bytes`]]!, shard, one);
  });
  gauge(out, source, 'millrace_arena_chunks', 'chunks');
  out.begin('millrace_arena_slabs');
  eachShard(source, (shard, cells) => {
    out.sample(cells[scalarCell.slabs]! - cells[scalarCell.freeSlabs]!, shard, 'used');
    out.sample(cells[scalarCell.freeSlabs]!, shard, 'free');
  });
  gauge(out, source, 'millrace_heap_request_bytes', 'heapBytes');
}

function collectConnections(out: Exposition, source: MetricsSource): void {
  const { accepted, closed } = listenerCells;
  const metric = 'kafka_server_socket_server_metrics_connection';
  out.begin(`${metric}_count`);
  eachListener(source, (cells, at, labels) => out.sample(cells[at + accepted]! - cells[at + closed]!, ...labels));
  out.begin(`${metric}_creation_total`);
  eachListener(source, (cells, at, labels) => out.sample(cells[at + accepted]!, ...labels));
  out.begin(`${metric}_close_total`);
  eachListener(source, (cells, at, labels) => out.sample(cells[at + closed]!, ...labels));
  out.single('millrace_connections_refused_total', sumScalar(source, 'refusedConnections'));
}

/** Listeners that a connection came by, by thread; what Apache Kafka calls a network processor is a thread here. */
function eachListener(
  { threads, listeners }: MetricsSource,
  visit: (cells: Float64Array, at: number, labels: readonly [string, number]) => void,
): void {
  listeners.slice(0, countedListeners).forEach((listener, index) => {
    const at = cellStart.listeners + index * listenerCells.each;
    threads.forEach((cells, thread) => {
      if (cells[at + listenerCells.accepted]! > 0) visit(cells, at, [listener, thread]);
    });
  });
}

function eachShard({ threads, shards }: MetricsSource, visit: (shard: number, cells: Float64Array) => void): void {
  for (let shard = 0; shard < shards; shard++) visit(shard, threads[shard]!);
}

function counter(out: Exposition, source: MetricsSource, metric: string, name: CounterName, factor: number): void {
  out.begin(metric);
  eachShard(source, (shard, cells) => out.sample(cells[scalarCell[name]]! * factor, shard));
}

function gauge(out: Exposition, source: MetricsSource, metric: string, name: GaugeName): void {
  out.begin(metric);
  eachShard(source, (shard, cells) => out.sample(cells[scalarCell[name]]!, shard));
}

function sumGauge({ threads }: MetricsSource, name: GaugeName): number {
  return threads.reduce((sum, cells) => sum + cells[scalarCell[name]]!, 0);
}
