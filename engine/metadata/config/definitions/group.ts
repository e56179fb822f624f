/** Keys of groups. The columns are explained in ../definition-table.ts. */
export const groupTable = `
consumer.assignment.interval.ms | INT | 1000 | [0,...] | medium | cluster-wide | Least time between two computations of the group's assignment.
consumer.heartbeat.interval.ms | INT | 5000 | [1,...] | medium | cluster-wide | Heartbeat interval that the group's members are told.
consumer.session.timeout.ms | INT | 45000 | [1,...] | medium | cluster-wide | A member that sent no heartbeat for this long is put out of the group.
share.assignment.interval.ms | INT | 1000 | [0,...] | medium | cluster-wide | Least time between two computations of the share group's assignment.
share.auto.offset.reset | STRING | latest | offset reset | medium | cluster-wide | Where a share group begins in a partition that it has no state for: earliest, latest, or by_duration: and an ISO 8601 duration back from now.
share.delivery.count.limit | INT | 5 | [2,...] | medium | cluster-wide | How often a record may be handed to members before it is given up.
share.heartbeat.interval.ms | INT | 5000 | [1,...] | medium | cluster-wide | Heartbeat interval that the share group's members are told.
share.isolation.level | STRING | read_uncommitted | [read_committed, read_uncommitted] | medium | cluster-wide | Whether records of open or aborted transactions are handed out: read_committed hides them, read_uncommitted does not.
share.partition.max.record.locks | INT | 2000 | [100,...] | medium | cluster-wide | How many records of one partition may be held unacknowledged.
share.record.lock.duration.ms | INT | 30000 | [1000,...] | medium | cluster-wide | How long a record handed to a member is kept from the others.
share.renew.acknowledge.enable | BOOLEAN | true | | medium | cluster-wide | Whether members may prolong the lock on a record.
share.session.timeout.ms | INT | 45000 | [1,...] | medium | cluster-wide | A member that sent no heartbeat for this long is put out of the share group.
streams.assignment.interval.ms | INT | 1000 | [0,...] | medium | cluster-wide | Least time between two computations of the streams group's assignment.
streams.heartbeat.interval.ms | INT | 5000 | [1,...] | medium | cluster-wide | Heartbeat interval that the streams group's members are told.
streams.initial.rebalance.delay.ms | INT | 3000 | [0,...] | medium | cluster-wide | How long the first rebalance of the empty group waits for more members.
streams.num.standby.replicas | INT | 0 | [0,...] | medium | cluster-wide | Standby replicas of each stateful task.
streams.session.timeout.ms | INT | 45000 | [1,...] | medium | cluster-wide | A member that sent no heartbeat for this long is put out of the streams group.
`;
