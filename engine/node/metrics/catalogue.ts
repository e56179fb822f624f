import { assert } from '../../base/assert.ts';

export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'info';

export interface MetricDefinition {
  /** As a sample is named: counters with `_total`, infos with `_info`. */
  readonly name: string;
  readonly type: MetricType;
  readonly labels: readonly string[];
  readonly help: string;
}

/**
 * Every metric that is served:
 *
 *   name | type | labels | what it says
 *
 * Kafka's own have the names under which its users know them: those that the Prometheus JMX exporter makes of the names
 * of Apache Kafka's MBeans. Where Apache Kafka tells of machinery that is not there, there is no metric.
 */
const table = `
kafka_server_brokertopicmetrics_messagesin_total | counter | topic | Records appended; without a topic, of all topics.
kafka_server_brokertopicmetrics_bytesin_total | counter | topic | Bytes of the batches appended, as they are stored.
kafka_server_brokertopicmetrics_bytesout_total | counter | topic | Bytes of records that answers to consumers carried.
kafka_server_brokertopicmetrics_totalproducerequests_total | counter | topic | Produce requests, counted once for each partition in them.
kafka_server_brokertopicmetrics_totalfetchrequests_total | counter | topic | Fetch requests, counted once for each partition in them.
kafka_server_brokertopicmetrics_failedproducerequests_total | counter | topic | Of the Produce requests, those that were refused by the log.
kafka_server_brokertopicmetrics_failedfetchrequests_total | counter | topic | Of the Fetch requests, those that failed unexpectedly.
kafka_server_brokertopicmetrics_replicationbytesin_total | counter | | Bytes of the batches that this node copied from leaders.
kafka_server_brokertopicmetrics_replicationbytesout_total | counter | | Bytes of records that answers to followers carried.
kafka_network_requestmetrics_requests_total | counter | request, version | Requests begun, by API and version. A Fetch also counts as FetchConsumer or FetchFollower, here and in the times.
kafka_network_requestmetrics_errors_total | counter | request, error | Error codes in answers, NONE among them.
kafka_network_requestmetrics_totaltimems | summary | request | Milliseconds from a request's last byte to its answer's being handed to the socket. Quantiles are of the last five minutes.
kafka_network_requestmetrics_requestqueuetimems | summary | request | Milliseconds from a request's last byte to its being begun: it waits for earlier ones of its connection, memory, or its turn.
millrace_request_duration_seconds | histogram | request | The same as totaltimems, in seconds, in buckets that can be added up over nodes.
kafka_server_replicamanager_leadercount | gauge | | Partitions that this node leads.
kafka_server_replicamanager_partitioncount | gauge | | Partitions of which this node has a replica.
kafka_server_replicamanager_underreplicatedpartitions | gauge | | Of the partitions that this node leads, those with replicas that are not in sync.
kafka_server_replicamanager_underminisrpartitioncount | gauge | | Of the partitions that this node leads, those with fewer replicas in sync than min.insync.replicas.
kafka_server_replicamanager_atminisrpartitioncount | gauge | | Of the partitions that this node leads, those with just as many replicas in sync as min.insync.replicas.
kafka_server_replicamanager_isrshrinks_total | counter | | Replicas in sync that leaders of this node took out, once a change.
kafka_server_replicamanager_isrexpands_total | counter | | Replicas that leaders of this node took in again, once a change.
kafka_server_replicamanager_failedisrupdates_total | counter | | Changes of the replicas in sync that the controller refused.
kafka_server_leaderreplication_byte_rate | gauge | | Bytes a second that throttled replicas elsewhere are sent, over the windows of replication.quota.window.*.
kafka_server_followerreplication_byte_rate | gauge | | Bytes a second that throttled replicas of this node copy, over the same windows.
kafka_server_replicafetchermanager_maxlag | gauge | | By how many committed records this node is behind the leader where it is behind most, as its fetchers last heard.
kafka_server_replicamanager_offlinereplicacount | gauge | | Replicas of this node in log directories that are offline.
kafka_server_kafkaserver_brokerstate | gauge | | 1 starting, 3 running, 6 leaving the cluster, 7 shutting down.
kafka_server_broker_metadata_metrics_last_applied_record_offset | gauge | | Offset of the newest metadata record that all shards have acted on.
kafka_server_delayedoperationpurgatory_purgatorysize | gauge | delayedOperation | Requests that wait for something to happen.
kafka_server_fetchsessioncache_numincrementalfetchsessions | gauge | | Fetch sessions that are kept.
kafka_server_socket_server_metrics_connection_count | gauge | listener, networkProcessor | Open connections, by listener and thread.
kafka_server_socket_server_metrics_connection_creation_total | counter | listener, networkProcessor | Connections accepted.
kafka_server_socket_server_metrics_connection_close_total | counter | listener, networkProcessor | Connections closed.
kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent | gauge | | Part of their time (0 to 1) in which the shards had nothing to do, over the last five minutes.
kafka_network_socketserver_networkprocessoravgidle_percent | gauge | | The same: shards do the work of Apache Kafka's network threads and request handlers.
kafka_controller_kafkacontroller_activecontrollercount | gauge | | 1 on the node that is the active controller.
kafka_controller_kafkacontroller_activebrokercount | gauge | | Brokers that are registered and not fenced.
kafka_controller_kafkacontroller_fencedbrokercount | gauge | | Brokers that are registered and fenced.
kafka_controller_kafkacontroller_globaltopiccount | gauge | | Topics of the cluster.
kafka_controller_kafkacontroller_globalpartitioncount | gauge | | Partitions of the cluster.
kafka_controller_kafkacontroller_offlinepartitionscount | gauge | | Partitions without a leader.
kafka_controller_kafkacontroller_preferredreplicaimbalancecount | gauge | | Partitions that another replica leads than the first of their list.
kafka_controller_kafkacontroller_lastappliedrecordoffset | gauge | | Offset of the newest metadata record in the image.
kafka_controller_kafkacontroller_lastappliedrecordtimestamp | gauge | | When that record was written, in milliseconds since 1970.
kafka_controller_kafkacontroller_lastappliedrecordlagms | gauge | | How long ago that was; 0 on the active controller.
kafka_controller_kafkacontroller_lastcommittedrecordoffset | gauge | | Offset of the newest metadata record that is committed.
kafka_log_logmanager_offlinelogdirectorycount | gauge | | Log directories that are offline.
kafka_log_logmanager_logdirectoryoffline | gauge | logDirectory | 1 where the log directory is offline.
kafka_log_log_size | gauge | topic, partition | Bytes of the partition's log on this node.
kafka_log_log_logstartoffset | gauge | topic, partition | First offset of the log.
kafka_log_log_logendoffset | gauge | topic, partition | Offset that the next record gets.
kafka_log_logflushstats_logflushrateandtimems | summary | | Flushes of logs to disk, in milliseconds.
kafka_server_raft_metrics_current_state | info | state | The node's part in the metadata quorum.
kafka_server_raft_metrics_current_leader | gauge | | Node that leads the metadata quorum; -1 where none is known.
kafka_server_raft_metrics_current_epoch | gauge | | Epoch of the metadata quorum.
kafka_server_raft_metrics_high_watermark | gauge | | High watermark of the metadata log; -1 where it is not known.
kafka_server_raft_metrics_log_end_offset | gauge | | End of the metadata log.
kafka_server_raft_metrics_number_of_voters | gauge | | Voters of the metadata quorum; told by its leader.
kafka_server_raft_metrics_number_of_observers | gauge | | Observers of the metadata quorum; told by its leader.
kafka_server_raft_metrics_commit_latency_avg | gauge | | Milliseconds from a metadata record's being written to its being committed, on average over the last five minutes.
kafka_server_raft_metrics_commit_latency_max | gauge | | The longest such time.
process_cpu_seconds_total | counter | | Processor time of the process, all threads.
process_resident_memory_bytes | gauge | | Memory of the process that is in RAM, shared memory included.
process_open_fds | gauge | | Open file descriptors.
process_max_fds | gauge | | How many there may be.
process_start_time_seconds | gauge | | When the process started, in seconds since 1970.
millrace_build | info | version, node_id, cluster_id | What runs here.
millrace_shards | gauge | | Number of shards.
millrace_shard_busy_seconds_total | counter | shard | Time in which the shard's event loop had something to do.
millrace_shard_idle_seconds_total | counter | shard | Time in which it waited.
millrace_shard_late_seconds | gauge | shard | How long ago the shard last gave a sign of life, which it does four times a second.
millrace_shard_deaths_total | counter | shard | How often the shard died and was started again.
millrace_copied_bytes_total | counter | shard, direction | Bytes that were copied on their way: in, between socket and log; out, of answers too small to be sent from where they lie.
millrace_arena_used_bytes | gauge | shard, class | Bytes of the shard's arena that are in use, by what they are for.
millrace_arena_chunks | gauge | shard | Chunks of the shard's arena that are in use.
millrace_arena_slabs | gauge | shard, state | Slabs of the shard's arena, in use and free.
millrace_ring_credits_outstanding | gauge | shard | Requests of the shard to other threads that are not answered.
millrace_ring_fill | gauge | shard | How full the fullest of the shard's outbound rings is, from 0 to 1.
millrace_requests_under_way | gauge | shard | Requests begun and not answered, fetches apart.
millrace_requests_waiting | gauge | shard | Requests that wait for a credit, for memory, or for their turn.
millrace_heap_request_bytes | gauge | shard | Bytes of requests and answers outside the arena.
millrace_open_partitions | gauge | shard | Partitions whose log is open.
millrace_connections_refused_total | counter | | Connections closed at once, for there were too many.
millrace_partitions_left_out | gauge | | Partitions with a log that have no metrics of their own: there are more than millrace.metrics.partitions.max.
millrace_log_directory_logs | gauge | logDirectory | Logs in the directory.
`;

export const metricDefinitions: readonly MetricDefinition[] = table.trim().split('\n').map(readLine);

const byName: ReadonlyMap<string, MetricDefinition> = new Map(metricDefinitions.map((one) => [one.name, one]));

export function metricDefinition(name: string): MetricDefinition {
  const found = byName.get(name);
  assert(found !== undefined, `no metric ${name} is defined`);
  return found;
}

function readLine(line: string): MetricDefinition {
  const [name, type, labels, help] = line.split('|').map((cell) => cell.trim());
  assert(name !== undefined && type !== undefined && labels !== undefined && help !== undefined, `four cells: ${line}`);
  return { name, type: type as MetricType, labels: labels === '' ? [] : labels.split(', '), help };
}
