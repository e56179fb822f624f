/** Keys of topics. The columns are explained in ../definition-table.ts. */
export const topicTable = `
cleanup.policy | LIST | delete | list of [compact, delete] | medium | cluster-wide | What happens to old segments: delete throws them away by age and size, compact keeps the last record of each key. Both may be given, and an empty list keeps everything.
compression.gzip.level | INT | -1 | [1,...,9] or -1 | medium | cluster-wide | Level used where compression.type is gzip: 1 is fastest, 9 smallest, -1 the library's default.
compression.lz4.level | INT | 9 | [1,...,17] | medium | cluster-wide | Level used where compression.type is lz4, from 1 (fastest) to 17.
compression.type | STRING | producer | [uncompressed, zstd, lz4, snappy, gzip, producer] | medium | cluster-wide | Form in which batches are stored: producer keeps what the producer sent, uncompressed inflates it, and a codec's name compresses again where the batch came in another form.
compression.zstd.level | INT | 3 | [-131072,...,22] | medium | cluster-wide | Level used where compression.type is zstd; negative levels are faster.
delete.retention.ms | LONG | 86400000 | [0,...] | medium | cluster-wide | How long a tombstone is kept in a compacted log after it became part of the cleaned section.
file.delete.delay.ms | LONG | 60000 | [0,...] | medium | cluster-wide | How long the files of a deleted segment stay on disk under another name.
flush.messages | LONG | 9223372036854775807 | [1,...] | medium | cluster-wide | After how many records the partition is flushed to disk. Replication is the better safeguard; 1 flushes each batch.
flush.ms | LONG | 9223372036854775807 | [0,...] | medium | cluster-wide | How long a record may stay unflushed.
follower.replication.throttled.replicas | LIST | | throttled replicas | medium | cluster-wide | Replicas whose copying is throttled on the follower's side, as partition:broker pairs separated by commas, or * for all.
index.interval.bytes | INT | 4096 | [0,...] | medium | cluster-wide | An entry is added to a segment's offset index for about every so many bytes of log.
internal.segment.bytes | INT | null | | medium | cluster-wide | Size at which a segment is closed, without a lower bound; for tests.
leader.replication.throttled.replicas | LIST | | throttled replicas | medium | cluster-wide | Replicas whose copying is throttled on the leader's side, as partition:broker pairs separated by commas, or * for all.
local.retention.bytes | LONG | -2 | [-2,...] | medium | cluster-wide | How many bytes of a partition stay on local disk once they are in remote storage; -2 means as many as retention.bytes allows.
local.retention.ms | LONG | -2 | [-2,...] | medium | cluster-wide | How long segments stay on local disk once they are in remote storage; -2 means as long as retention.ms allows.
max.compaction.lag.ms | LONG | 9223372036854775807 | [1,...] | medium | cluster-wide | A record of a compacted topic is cleaned at the latest this long after it was written.
max.message.bytes | INT | 1048588 | [0,...] | medium | cluster-wide | Largest record batch that is taken, as it arrives (compressed, if it is).
message.timestamp.after.max.ms | LONG | 3600000 | [0,...] | medium | cluster-wide | By how much a record's timestamp may be ahead of the broker's clock. Without effect where message.timestamp.type is LogAppendTime.
message.timestamp.before.max.ms | LONG | 9223372036854775807 | [0,...] | medium | cluster-wide | By how much a record's timestamp may be behind the broker's clock. Without effect where message.timestamp.type is LogAppendTime.
message.timestamp.type | STRING | CreateTime | [CreateTime, LogAppendTime] | medium | cluster-wide | Whose clock is in the records: CreateTime is the producer's, LogAppendTime the broker's.
min.cleanable.dirty.ratio | DOUBLE | 0.5 | [0,...,1] | medium | cluster-wide | Share of the log that must be uncleaned before the cleaner looks at it.
min.compaction.lag.ms | LONG | 0 | [0,...] | medium | cluster-wide | For this long after it was written a record is not compacted away.
min.insync.replicas | INT | 1 | [1,...] | medium | cluster-wide | How many replicas must have a batch, the leader included, before a producer with acks=all is told that it is written. With fewer in sync such a producer gets an error.
preallocate | BOOLEAN | false | | medium | cluster-wide | Whether the file of a new segment is made at full size at once.
remote.log.copy.disable | BOOLEAN | false | | medium | cluster-wide | Whether a tiered topic stops moving segments to remote storage; what is there stays readable, and local retention follows retention.ms and retention.bytes.
remote.log.delete.on.disable | BOOLEAN | false | | medium | cluster-wide | Whether what is in remote storage is deleted when tiered storage is turned off for the topic.
remote.storage.enable | BOOLEAN | false | | medium | cluster-wide | Whether segments of the topic are moved to remote storage. The node must have remote.log.storage.system.enable.
retention.bytes | LONG | -1 | | medium | cluster-wide | Largest size of a partition before its oldest segments are deleted; -1 is no bound.
retention.ms | LONG | 604800000 | [-1,...] | medium | cluster-wide | How long segments are kept before they are deleted; -1 is for ever.
segment.bytes | INT | 1073741824 | [1048576,...] | medium | cluster-wide | Size at which a segment is closed and a new one begun. Retention works on whole segments.
segment.index.bytes | INT | 10485760 | [4,...] | medium | cluster-wide | Largest size of an offset index; a segment whose index is full is rolled.
segment.jitter.ms | LONG | 0 | [0,...] | medium | cluster-wide | Up to so many milliseconds, by chance, are taken off segment.ms so that not all segments roll at once.
segment.ms | LONG | 604800000 | [1,...] | medium | cluster-wide | Age at which a segment is closed even if it is not full.
unclean.leader.election.enable | BOOLEAN | false | | medium | cluster-wide | Whether a replica that is not in sync may lead when no other is left, at the price of lost records.
`;
