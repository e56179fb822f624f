/** Apache Kafka's internal keys: accepted, and told to nobody. The columns are explained in ../definition-table.ts. */
export const brokerInternalTable = `
controller.performance.always.log.threshold.ms | LONG | 2000 | [0,...] | medium | read-only | A controller event that took longer is logged at once.
controller.performance.sample.period.ms | LONG | 60000 | [100,...] | medium | read-only | How often the slowest controller event is logged.
group.consumer.regex.refresh.interval.ms | INT | 600000 | [10000,...] | medium | read-only | Longest time between two evaluations of a subscription by regular expression.
group.share.initialize.retry.interval.ms | INT | 30000 | [1,...] | low | read-only | Pause before the initialisation of share state is tried again.
group.share.persister.class.name | STRING | org.apache.kafka.server.share.persister.DefaultStatePersister | | medium | read-only | Java class that keeps share state in Apache Kafka.
internal.metadata.delete.delay.millis | LONG | 60000 | | low | read-only | How long files of deleted metadata segments and snapshots stay on disk under another name.
internal.metadata.log.segment.bytes | INT | null | | low | read-only | Size at which a segment of the metadata log is closed, without a lower bound; for tests.
internal.metadata.max.batch.size.in.bytes | INT | 8388608 | | low | read-only | Largest batch of metadata records.
log.initial.task.delay.ms | LONG | 30000 | [0,...] | low | read-only | How long after the start the periodic work on logs begins.
producer.id.expiration.check.interval.ms | INT | 600000 | [1,...] | low | read-only | How often producers that may be forgotten are looked for.
remote.log.index.file.cache.ttl.ms | LONG | 900000 | [-1,...] | low | read-only | How long a remote index that nobody uses stays on local disk.
remote.log.manager.task.retry.backoff.max.ms | LONG | 30000 | [1,...] | low | read-only | Upper bound of the pause before failed work on remote storage is tried again.
remote.log.manager.task.retry.backoff.ms | LONG | 500 | [1,...] | low | read-only | First such pause.
remote.log.manager.task.retry.jitter | DOUBLE | 0.2 | [0,...,0.5] | low | read-only | Share of chance in such pauses.
server.max.startup.time.ms | LONG | 9223372036854775807 | [0,...] | medium | read-only | How long a start may take before it is given up.
share.coordinator.cold.partition.snapshot.interval.ms | INT | 300000 | [1,...] | low | read-only | After how long without a change the state of a share partition is written once more in full.
share.coordinator.state.topic.prune.interval.ms | INT | 300000 | [1,...] | low | read-only | How often records of the share state topic that are no longer needed are deleted.
unclean.leader.election.interval.ms | LONG | 300000 | [1,...] | medium | read-only | How often the controller looks for partitions that only an unclean election can give a leader.
unstable.api.versions.enable | BOOLEAN | false | | high | read-only | Whether versions of requests that are still in the making are spoken.
unstable.feature.versions.enable | BOOLEAN | false | | high | read-only | Whether feature levels that are still in the making may be used.
`;
