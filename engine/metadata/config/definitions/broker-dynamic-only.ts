/** Keys of brokers that are only set dynamically. The columns are explained in ../definition-table.ts. */
export const brokerDynamicOnlyTable = `
follower.replication.throttled.rate | LONG | 9223372036854775807 | [0,...] | medium | cluster-wide | Bound on the bytes that throttled replicas on this broker copy from their leaders in a second.
leader.replication.throttled.rate | LONG | 9223372036854775807 | [0,...] | medium | cluster-wide | Bound on the bytes that throttled replicas are sent by this broker in a second.
replica.alter.log.dirs.io.max.bytes.per.second | LONG | 9223372036854775807 | [0,...] | medium | cluster-wide | Bound on the bytes that are moved between the log directories of this broker in a second.
`;
