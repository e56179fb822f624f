/** Groups, their offsets and share state. The columns are explained in ../definition-table.ts. */
export const brokerGroupsTable = `
group.consumer.assignment.interval.ms | INT | 1000 | [0,...] | medium | cluster-wide | Least time between two computations of a consumer group's assignment.
group.consumer.assignors | LIST | uniform,range | non-empty list | medium | read-only | The server-side assignors by name, uniform and range among them. The first is what a group gets that asks for none.
group.consumer.heartbeat.interval.ms | INT | 5000 | [1,...] | medium | read-only | Heartbeat interval that members of a consumer group are told.
group.consumer.max.assignment.interval.ms | INT | 15000 | [0,...] | medium | read-only | Largest assignment interval that a group may be configured with.
group.consumer.max.heartbeat.interval.ms | INT | 15000 | [1,...] | medium | read-only | Largest heartbeat interval that a consumer group may be configured with.
group.consumer.max.session.timeout.ms | INT | 60000 | [1,...] | medium | read-only | Largest session timeout that a consumer group may be configured with.
group.consumer.max.size | INT | 2147483647 | [1,...] | medium | read-only | How many members a consumer group may have.
group.consumer.migration.policy | STRING | bidirectional | (case insensitive) [DISABLED, DOWNGRADE, UPGRADE, BIDIRECTIONAL] | medium | read-only | Which changes between the classic and the consumer protocol a group may make while it has members: none (disabled), only newer (upgrade), only older (downgrade), or both (bidirectional).
group.consumer.min.assignment.interval.ms | INT | 0 | [0,...] | medium | read-only | Smallest assignment interval that a group may be configured with.
group.consumer.min.heartbeat.interval.ms | INT | 5000 | [1,...] | medium | read-only | Smallest heartbeat interval that a consumer group may be configured with.
group.consumer.min.session.timeout.ms | INT | 45000 | [1,...] | medium | read-only | Smallest session timeout that a consumer group may be configured with.
group.consumer.session.timeout.ms | INT | 45000 | [1,...] | medium | read-only | A member of a consumer group that sent no heartbeat for this long is put out of the group.
group.coordinator.append.linger.ms | INT | -1 | [-1,...] | medium | read-only | How long the group machine of one partition gathers records before it writes them; -1 adapts, 0 writes at once.
group.coordinator.background.threads | INT | 2 | [1,...] | high | read-only | Threads for work that groups can do aside, such as evaluating regular expressions.
group.coordinator.cached.buffer.max.bytes | INT | 1048588 | [524288,...] | medium | cluster-wide | Largest append buffer that a group machine keeps for reuse.
group.coordinator.rebalance.protocols | LIST | classic,consumer,streams | non-empty list of [consumer, classic, share, streams] | medium | read-only | Group protocols that are spoken. consumer, share and streams also depend on their feature levels.
group.coordinator.threads | INT | 4 | [1,...] | high | read-only | Threads that run the group machines in Apache Kafka. Here they run on the shards.
group.initial.rebalance.delay.ms | INT | 3000 | | medium | read-only | How long the first rebalance of an empty classic group waits for more members.
group.max.session.timeout.ms | INT | 1800000 | | medium | read-only | Largest session timeout that a classic member may ask for.
group.max.size | INT | 2147483647 | [1,...] | medium | read-only | How many members a classic group may have.
group.min.session.timeout.ms | INT | 6000 | | medium | read-only | Smallest session timeout that a classic member may ask for.
group.share.assignment.interval.ms | INT | 1000 | [0,...] | medium | cluster-wide | Least time between two computations of a share group's assignment.
group.share.assignors | LIST | simple | non-empty list | medium | read-only | The assignor of share groups.
group.share.delivery.count.limit | INT | 5 | [2,...,10] | medium | read-only | How often a record may be handed to members of a share group before it is given up.
group.share.heartbeat.interval.ms | INT | 5000 | [1,...] | medium | read-only | Heartbeat interval that members of a share group are told.
group.share.max.assignment.interval.ms | INT | 15000 | [0,...] | medium | read-only | Largest assignment interval that a share group may be configured with.
group.share.max.delivery.count.limit | INT | 10 | [5,...,25] | medium | read-only | Largest delivery count limit that a share group may be configured with.
group.share.max.heartbeat.interval.ms | INT | 15000 | [1,...] | medium | read-only | Largest heartbeat interval that a share group may be configured with.
group.share.max.partition.max.record.locks | INT | 4000 | [2000,...,10000] | medium | read-only | Largest number of locked records a partition that a share group may be configured with.
group.share.max.record.lock.duration.ms | INT | 60000 | [30000,...,3600000] | medium | read-only | Longest record lock that a share group may be configured with.
group.share.max.session.timeout.ms | INT | 60000 | [1,...] | medium | read-only | Largest session timeout that a share group may be configured with.
group.share.max.share.sessions | INT | 2000 | [1,...] | medium | read-only | How many share sessions this broker keeps.
group.share.max.size | INT | 200 | [1,...,1000] | medium | read-only | How many members a share group may have.
group.share.min.assignment.interval.ms | INT | 0 | [0,...] | medium | read-only | Smallest assignment interval that a share group may be configured with.
group.share.min.delivery.count.limit | INT | 2 | [2,...,5] | medium | read-only | Smallest delivery count limit that a share group may be configured with.
group.share.min.heartbeat.interval.ms | INT | 5000 | [1,...] | medium | read-only | Smallest heartbeat interval that a share group may be configured with.
group.share.min.partition.max.record.locks | INT | 100 | [100,...,2000] | medium | read-only | Smallest number of locked records a partition that a share group may be configured with.
group.share.min.record.lock.duration.ms | INT | 15000 | [1000,...,30000] | medium | read-only | Shortest record lock that a share group may be configured with.
group.share.min.session.timeout.ms | INT | 45000 | [1,...] | medium | read-only | Smallest session timeout that a share group may be configured with.
group.share.partition.max.record.locks | INT | 2000 | [100,...,10000] | medium | read-only | How many records of one partition a share group may hold unacknowledged.
group.share.record.lock.duration.ms | INT | 30000 | [1000,...,3600000] | medium | read-only | How long a record handed to a member of a share group is kept from the others.
group.share.session.timeout.ms | INT | 45000 | [1,...] | medium | read-only | A member of a share group that sent no heartbeat for this long is put out of the group.
group.streams.assignment.interval.ms | INT | 1000 | [0,...] | medium | cluster-wide | Least time between two computations of a streams group's assignment.
group.streams.heartbeat.interval.ms | INT | 5000 | [1,...] | medium | read-only | Heartbeat interval that members of a streams group are told.
group.streams.initial.rebalance.delay.ms | INT | 3000 | [0,...] | medium | read-only | How long the first rebalance of an empty streams group waits for more members.
group.streams.max.assignment.interval.ms | INT | 15000 | [0,...] | medium | read-only | Largest assignment interval that a streams group may be configured with.
group.streams.max.heartbeat.interval.ms | INT | 15000 | [1,...] | medium | read-only | Largest heartbeat interval that a streams group may be configured with.
group.streams.max.session.timeout.ms | INT | 60000 | [1,...] | medium | read-only | Largest session timeout that a streams group may be configured with.
group.streams.max.size | INT | 2147483647 | [1,...] | medium | read-only | How many members a streams group may have.
group.streams.max.standby.replicas | INT | 2 | [0,...] | medium | read-only | Most standby replicas a task that a streams group may be configured with.
group.streams.min.assignment.interval.ms | INT | 0 | [0,...] | medium | read-only | Smallest assignment interval that a streams group may be configured with.
group.streams.min.heartbeat.interval.ms | INT | 5000 | [1,...] | medium | read-only | Smallest heartbeat interval that a streams group may be configured with.
group.streams.min.session.timeout.ms | INT | 45000 | [1,...] | medium | read-only | Smallest session timeout that a streams group may be configured with.
group.streams.num.standby.replicas | INT | 0 | [0,...] | medium | read-only | Standby replicas of each stateful task of a streams group.
group.streams.session.timeout.ms | INT | 45000 | [1,...] | medium | read-only | A member of a streams group that sent no heartbeat for this long is put out of the group.
offset.metadata.max.bytes | INT | 4096 | | high | read-only | Largest text that a consumer may leave with a committed offset.
offsets.commit.timeout.ms | INT | 5000 | [1,...] | high | read-only | How long a commit of offsets waits for the replicas of the offsets topic.
offsets.load.buffer.size | INT | 5242880 | [1,...] | high | read-only | How many bytes at a time are read from the offsets topic when a group partition is loaded.
offsets.retention.check.interval.ms | LONG | 600000 | [1,...] | high | read-only | How often expired offsets are looked for.
offsets.retention.minutes | INT | 10080 | [1,...] | high | read-only | How long offsets of an empty group, or of partitions that a group is no longer subscribed to, are kept.
offsets.topic.compression.codec | INT | 0 | | high | read-only | Codec of the batches in the offsets topic, by number: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.
offsets.topic.num.partitions | INT | 50 | [1,...] | high | read-only | Partitions of the offsets topic. It must not change once the topic exists.
offsets.topic.replication.factor | SHORT | 3 | [1,...] | high | read-only | Replicas of the offsets topic. The topic is not created while there are fewer brokers.
offsets.topic.segment.bytes | INT | 104857600 | [1,...] | high | read-only | Segment size of the offsets topic; small segments load and compact faster.
share.coordinator.append.linger.ms | INT | -1 | [-1,...] | medium | read-only | How long the share state machine gathers records before it writes them; -1 adapts, 0 writes at once.
share.coordinator.cached.buffer.max.bytes | INT | 1048588 | [524288,...] | medium | cluster-wide | Largest append buffer that a share state machine keeps for reuse.
share.coordinator.load.buffer.size | INT | 5242880 | [1,...] | high | read-only | How many bytes at a time are read from the share state topic when one of its partitions is loaded.
share.coordinator.snapshot.update.records.per.snapshot | INT | 500 | [0,...,500] | medium | read-only | How many updates of a share partition's state are written between two full snapshots of it.
share.coordinator.state.topic.compression.codec | INT | 0 | | high | read-only | Codec of the batches in the share state topic, by number.
share.coordinator.state.topic.min.isr | SHORT | 2 | [1,...] | high | read-only | min.insync.replicas of the share state topic.
share.coordinator.state.topic.num.partitions | INT | 50 | [1,...] | high | read-only | Partitions of the share state topic. It must not change once the topic exists.
share.coordinator.state.topic.replication.factor | SHORT | 3 | [1,...] | high | read-only | Replicas of the share state topic.
share.coordinator.state.topic.segment.bytes | INT | 104857600 | [1,...] | high | read-only | Segment size of the share state topic.
share.coordinator.threads | INT | 1 | [1,...] | medium | read-only | Threads of the share coordinator in Apache Kafka. Here it runs on the shards.
share.coordinator.write.timeout.ms | INT | 5000 | [1,...] | high | read-only | How long a write of share state waits for its replicas.
telemetry.max.bytes | INT | 1048576 | [1,...] | low | read-only | Largest set of metrics, inflated, that a client may push.
`;
