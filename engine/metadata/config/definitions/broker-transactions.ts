/** Transactions and producers. The columns are explained in ../definition-table.ts. */
export const brokerTransactionsTable = `
add.partitions.to.txn.retry.backoff.max.ms | INT | 100 | [0,...] | high | read-only | How long, in all, the node keeps trying to verify or add a partition to a transaction on the producer's behalf before it gives the error to the client.
add.partitions.to.txn.retry.backoff.ms | INT | 20 | [1,...] | high | read-only | Pause between two such tries.
producer.id.expiration.ms | INT | 86400000 | [1,...] | low | cluster-wide | A producer that wrote nothing to a partition for this long is forgotten there. Transactional ones are forgotten no sooner than their transaction ends.
transaction.abort.timed.out.transaction.cleanup.interval.ms | INT | 10000 | [1,...] | low | read-only | How often transactions that ran over their time are looked for and aborted.
transaction.max.timeout.ms | INT | 900000 | [1,...] | high | read-only | Longest transaction timeout that a producer may ask for.
transaction.partition.verification.enable | BOOLEAN | true | | low | cluster-wide | Whether a write of a transaction is taken only after its partition was found to be part of the open transaction.
transaction.remove.expired.transaction.cleanup.interval.ms | INT | 3600000 | [1,...] | low | read-only | How often expired transactional ids are looked for and removed.
transaction.state.log.load.buffer.size | INT | 5242880 | [1,...] | high | read-only | How many bytes at a time are read from the transaction topic when one of its partitions is loaded.
transaction.state.log.min.isr | INT | 2 | [1,...] | high | read-only | min.insync.replicas of the transaction topic.
transaction.state.log.num.partitions | INT | 50 | [1,...] | high | read-only | Partitions of the transaction topic. It must not change once the topic exists.
transaction.state.log.replication.factor | SHORT | 3 | [1,...] | high | read-only | Replicas of the transaction topic. The topic is not created while there are fewer brokers.
transaction.state.log.segment.bytes | INT | 104857600 | [1,...] | high | read-only | Segment size of the transaction topic.
transaction.two.phase.commit.enable | BOOLEAN | false | | low | read-only | Whether producers may take part in a two-phase commit: their transactions then have no timeout.
transactional.id.expiration.ms | INT | 604800000 | [1,...] | high | read-only | A transactional id that was not used for this long is forgotten.
`;
