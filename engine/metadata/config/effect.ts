/**
 * Which broker keys do something here. A key that a user sets and that is not in the list is named at start, so that
 * nobody believes in a setting that is only accepted. Whoever makes a key work adds it.
 */
const effective = `
auto.create.topics.enable auto.leader.rebalance.enable broker.heartbeat.interval.ms broker.id broker.rack broker.session.timeout.ms
compression.gzip.level compression.lz4.level compression.type compression.zstd.level
connections.max.idle.ms
controller.listener.names controller.quorum.append.linger.ms controller.quorum.auto.join.enable
controller.quorum.bootstrap.servers
controller.quorum.election.backoff.max.ms controller.quorum.election.timeout.ms controller.quorum.fetch.max.bytes
controller.quorum.fetch.snapshot.max.bytes controller.quorum.fetch.timeout.ms controller.quorum.request.timeout.ms
controller.quorum.retry.backoff.ms controller.quorum.voters
default.replication.factor delete.topic.enable fetch.max.bytes
group.initial.rebalance.delay.ms group.max.session.timeout.ms group.max.size group.min.session.timeout.ms
initial.broker.registration.timeout.ms
inter.broker.listener.name security.inter.broker.protocol listener.security.protocol.map listeners advertised.listeners
leader.imbalance.check.interval.seconds
log.cleaner.backoff.ms log.cleaner.dedupe.buffer.size log.cleaner.delete.retention.ms log.cleaner.enable
log.cleaner.io.buffer.load.factor log.cleaner.io.buffer.size log.cleaner.io.max.bytes.per.second
log.cleaner.max.compaction.lag.ms log.cleaner.min.cleanable.ratio log.cleaner.min.compaction.lag.ms
log.cleaner.threads
log.cleanup.policy log.dir log.dirs log.flush.interval.messages log.flush.interval.ms
log.flush.offset.checkpoint.interval.ms log.flush.scheduler.interval.ms log.flush.start.offset.checkpoint.interval.ms
log.index.interval.bytes log.index.size.max.bytes log.initial.task.delay.ms log.message.timestamp.after.max.ms
log.message.timestamp.before.max.ms log.message.timestamp.type log.retention.bytes log.retention.check.interval.ms
log.retention.hours log.retention.minutes log.retention.ms log.roll.hours log.roll.jitter.hours log.roll.jitter.ms
log.roll.ms log.segment.bytes log.segment.delete.delay.ms
max.connections max.connections.per.ip max.connections.per.ip.overrides max.incremental.fetch.session.cache.slots
max.request.partition.size.limit message.max.bytes
metadata.log.dir metadata.log.max.record.bytes.between.snapshots metadata.log.max.snapshot.interval.ms
metadata.log.segment.bytes metadata.log.segment.ms metadata.max.idle.interval.ms metadata.max.retention.bytes
metadata.max.retention.ms internal.metadata.log.segment.bytes internal.metadata.delete.delay.millis
min.insync.replicas node.id num.io.threads num.partitions num.replica.alter.log.dirs.threads num.replica.fetchers num.recovery.threads.per.data.dir process.roles
offset.metadata.max.bytes offsets.load.buffer.size offsets.retention.check.interval.ms offsets.retention.minutes
offsets.topic.num.partitions offsets.topic.replication.factor offsets.topic.segment.bytes
producer.id.expiration.ms producer.id.expiration.check.interval.ms
queued.max.request.bytes queued.max.requests replica.fetch.backoff.ms replica.fetch.max.bytes replica.fetch.min.bytes
replica.fetch.response.max.bytes replica.fetch.wait.max.ms replica.high.watermark.checkpoint.interval.ms
replica.lag.time.max.ms replica.selector.class replica.socket.timeout.ms
replication.quota.window.num replication.quota.window.size.seconds request.timeout.ms
socket.listen.backlog.size socket.receive.buffer.bytes socket.request.max.bytes socket.send.buffer.bytes
unclean.leader.election.enable unclean.leader.election.interval.ms
`;

export const effectiveBrokerKeys: ReadonlySet<string> = new Set(effective.trim().split(/\s+/));

/** Topic keys that are accepted and have no effect yet. */
export const inertTopicKeys: ReadonlySet<string> = new Set([
  'local.retention.bytes',
  'local.retention.ms',
  'preallocate',
  'remote.log.copy.disable',
  'remote.log.delete.on.disable',
  'remote.storage.enable',
]);
