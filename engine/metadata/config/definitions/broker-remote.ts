/** Tiered storage. The columns are explained in ../definition-table.ts. */
export const brokerRemoteTable = `
follower.fetch.last.tiered.offset.enable | BOOLEAN | false | | medium | cluster-wide | Whether an empty replica of a tiered topic starts at the last offset that was moved to remote storage rather than at the log's start.
remote.fetch.max.wait.ms | INT | 500 | [1,...] | medium | cluster-wide | How long a fetch waits for remote storage before it is answered.
remote.list.offsets.request.timeout.ms | LONG | 30000 | [1,...] | medium | cluster-wide | How long a look-up of an offset in remote storage may take.
remote.log.index.file.cache.total.size.bytes | LONG | 1073741824 | [1,...] | low | cluster-wide | Local disk space for copies of remote segments' indexes.
remote.log.manager.copier.thread.pool.size | INT | 10 | [1,...] | medium | cluster-wide | Threads that copy segments to remote storage.
remote.log.manager.copy.max.bytes.per.second | LONG | 9223372036854775807 | [1,...] | medium | cluster-wide | Bound on the bytes that this broker copies to remote storage in a second.
remote.log.manager.copy.quota.window.num | INT | 11 | [1,...] | medium | read-only | How many samples that rate is computed over.
remote.log.manager.copy.quota.window.size.seconds | INT | 1 | [1,...] | medium | read-only | Length of one of those samples.
remote.log.manager.expiration.thread.pool.size | INT | 10 | [1,...] | medium | cluster-wide | Threads that remove expired segments from remote storage.
remote.log.manager.fetch.max.bytes.per.second | LONG | 9223372036854775807 | [1,...] | medium | cluster-wide | Bound on the bytes that this broker reads from remote storage in a second.
remote.log.manager.fetch.quota.window.num | INT | 11 | [1,...] | medium | read-only | How many samples that rate is computed over.
remote.log.manager.fetch.quota.window.size.seconds | INT | 1 | [1,...] | medium | read-only | Length of one of those samples.
remote.log.manager.follower.thread.pool.size | INT | 2 | [1,...] | medium | cluster-wide | Threads that follow, on replicas that do not lead, what is in remote storage.
remote.log.manager.task.interval.ms | LONG | 30000 | [1,...] | low | read-only | How often each partition is looked at for segments to copy or to remove.
remote.log.manager.thread.pool.size | INT | 2 | [1,...] | medium | read-only | Deprecated: threads of the remote log manager before it had pools for each kind of work.
remote.log.metadata.custom.metadata.max.bytes | INT | 128 | [0,...] | low | read-only | Largest piece of its own data that a storage plug-in may keep with a segment's metadata.
remote.log.metadata.manager.class.name | STRING | org.apache.kafka.server.log.remote.metadata.storage.TopicBasedRemoteLogMetadataManager | non-empty string | medium | read-only | Java class of the plug-in that keeps metadata of remote segments in Apache Kafka; the default keeps them in a topic.
remote.log.metadata.manager.class.path | STRING | null | | medium | read-only | Where that class is loaded from.
remote.log.metadata.manager.impl.prefix | STRING | rlmm.config. | non-empty string | medium | read-only | Keys with this prefix are passed to the metadata plug-in.
remote.log.metadata.manager.listener.name | STRING | null | non-empty string | medium | read-only | Listener through which the metadata plug-in reaches the cluster.
remote.log.reader.max.pending.tasks | INT | 100 | [1,...] | medium | read-only | How many reads of remote storage may wait before more are refused.
remote.log.reader.threads | INT | 10 | [1,...] | medium | cluster-wide | Threads that read from remote storage.
remote.log.storage.manager.class.name | STRING | null | non-empty string | medium | read-only | Java class of the plug-in that stores remote segments in Apache Kafka.
remote.log.storage.manager.class.path | STRING | null | | medium | read-only | Where that class is loaded from.
remote.log.storage.manager.impl.prefix | STRING | rsm.config. | non-empty string | medium | read-only | Keys with this prefix are passed to the storage plug-in.
remote.log.storage.system.enable | BOOLEAN | false | | medium | read-only | Whether tiered storage is on at all. Topics then turn it on one by one with remote.storage.enable.
`;
