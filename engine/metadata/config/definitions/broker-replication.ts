/** Replication. The columns are explained in ../definition-table.ts. */
export const brokerReplicationTable = `
alter.log.dirs.replication.quota.window.num | INT | 11 | [1,...] | low | read-only | How many samples the rate of copies between log directories is computed over.
alter.log.dirs.replication.quota.window.size.seconds | INT | 1 | [1,...] | low | read-only | Length of one of those samples.
default.replication.factor | INT | 1 | | medium | read-only | Replicas of topics that are created automatically, or created with a replication factor of -1.
min.insync.replicas | INT | 1 | [1,...] | high | cluster-wide | How many replicas must have a batch, the leader included, before a producer with acks=all is told that it is written. With fewer in sync such a producer gets an error.
num.replica.alter.log.dirs.threads | INT | null | | high | read-only | Threads that move replicas between log directories.
num.replica.fetchers | INT | 1 | [1,...] | high | cluster-wide | Fetchers that copy from each other broker.
replica.fetch.backoff.ms | INT | 1000 | [0,...] | medium | read-only | How long a fetcher leaves a partition alone after an error.
replica.fetch.max.bytes | INT | 1048576 | [0,...] | medium | read-only | How many bytes of a partition a follower asks for in one fetch. A first batch that is larger comes all the same.
replica.fetch.min.bytes | INT | 1 | | high | read-only | How few bytes a follower's fetch is answered with; with less it waits up to replica.fetch.wait.max.ms.
replica.fetch.response.max.bytes | INT | 10485760 | [0,...] | medium | read-only | How many bytes a follower asks for in one fetch over all partitions.
replica.fetch.wait.max.ms | INT | 500 | | high | read-only | How long a follower's fetch may wait for data. It should be below replica.lag.time.max.ms.
replica.high.watermark.checkpoint.interval.ms | LONG | 5000 | | high | read-only | How often the high watermarks are written to disk.
replica.lag.time.max.ms | LONG | 30000 | | high | read-only | A follower that did not ask, or did not catch up, for this long is no longer in sync.
replica.selector.class | STRING | null | | medium | read-only | Java class that picks the replica a consumer should read from. org.apache.kafka.common.replica.RackAwareReplicaSelector stands for the built-in choice by rack.
replica.socket.receive.buffer.bytes | INT | 65536 | | high | read-only | Receive buffer of the sockets that followers fetch over.
replica.socket.timeout.ms | INT | 30000 | | high | read-only | Time limit on the sockets that followers fetch over, at least replica.fetch.wait.max.ms.
replication.quota.window.num | INT | 11 | [1,...] | low | read-only | How many samples the rate of replication is computed over.
replication.quota.window.size.seconds | INT | 1 | [1,...] | low | read-only | Length of one of those samples.
`;
