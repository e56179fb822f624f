/** Logs: defaults of topics, directories, cleaning. The columns are explained in ../definition-table.ts. */
export const brokerLogTable = `
compression.gzip.level | INT | -1 | [1,...,9] or -1 | medium | cluster-wide | Level used where compression.type is gzip: 1 is fastest, 9 smallest, -1 the library's default.
compression.lz4.level | INT | 9 | [1,...,17] | medium | cluster-wide | Level used where compression.type is lz4, from 1 (fastest) to 17.
compression.type | STRING | producer | [uncompressed, zstd, lz4, snappy, gzip, producer] | high | cluster-wide | Form in which batches are stored: producer keeps what the producer sent, uncompressed inflates it, and a codec's name compresses again where the batch came in another form.
compression.zstd.level | INT | 3 | [-131072,...,22] | medium | cluster-wide | Level used where compression.type is zstd; negative levels are faster.
cordoned.log.dirs | LIST | | list | medium | per-broker | Log directories that get no new partitions, a list of paths from log.dirs, or * for all. Partitions that are there stay.
log.cleaner.backoff.ms | LONG | 15000 | [0,...] | medium | cluster-wide | How long the cleaner rests when no log needs cleaning.
log.cleaner.dedupe.buffer.size | LONG | 134217728 | | medium | cluster-wide | Memory for the offset maps of all cleaner threads together.
log.cleaner.delete.retention.ms | LONG | 86400000 | [0,...] | medium | cluster-wide | How long a tombstone is kept in a compacted log after it became part of the cleaned section, so that readers that started at the beginning still see it.
log.cleaner.enable | BOOLEAN | true | | medium | read-only | Deprecated: turns the cleaner off. Compacted topics, __consumer_offsets among them, then grow without end.
log.cleaner.io.buffer.load.factor | DOUBLE | 0.9 | | medium | cluster-wide | How full an offset map may get. A fuller map cleans more at once and collides more.
log.cleaner.io.buffer.size | INT | 524288 | [0,...] | medium | cluster-wide | Memory for the read and write buffers of all cleaner threads together.
log.cleaner.io.max.bytes.per.second | DOUBLE | 1.7976931348623157E308 | | medium | cluster-wide | Bound on what the cleaner reads and writes in a second.
log.cleaner.max.compaction.lag.ms | LONG | 9223372036854775807 | [1,...] | medium | cluster-wide | A record is cleaned at the latest this long after it was written, if its topic is compacted.
log.cleaner.min.cleanable.ratio | DOUBLE | 0.5 | [0,...,1] | medium | cluster-wide | Share of a log that must be uncleaned before the cleaner looks at it. Higher is less work and more waste.
log.cleaner.min.compaction.lag.ms | LONG | 0 | [0,...] | medium | cluster-wide | For this long after it was written a record is not compacted away.
log.cleaner.threads | INT | 1 | [0,...] | medium | cluster-wide | Threads that clean logs.
log.cleanup.policy | LIST | delete | list of [compact, delete] | medium | cluster-wide | What happens to old segments of topics that say nothing else: delete throws them away by age and size, compact keeps the last record of each key. Both may be given, and an empty list keeps everything.
log.dir | LIST | /tmp/kafka-logs | non-empty list | high | read-only | Directory of the logs; used where log.dirs is not set.
log.dir.failure.timeout.ms | LONG | 30000 | [1,...] | low | read-only | How long a broker with a failed log directory may go without having told the controller before it stops.
log.dirs | LIST | null | non-empty list | high | read-only | Directories in which logs are kept, separated by commas. Unset means log.dir.
log.flush.interval.messages | LONG | 9223372036854775807 | [1,...] | high | cluster-wide | After how many records a partition is flushed to disk.
log.flush.interval.ms | LONG | null | | high | cluster-wide | How long a record may stay unflushed. Unset means log.flush.scheduler.interval.ms.
log.flush.offset.checkpoint.interval.ms | INT | 60000 | [0,...] | high | read-only | How often the recovery points are written down. They say how much of each log is known to be on disk.
log.flush.scheduler.interval.ms | LONG | 9223372036854775807 | | high | read-only | How often logs are looked at for being due to be flushed.
log.flush.start.offset.checkpoint.interval.ms | INT | 60000 | [0,...] | high | read-only | How often the start offsets of the logs are written down.
log.index.interval.bytes | INT | 4096 | [0,...] | medium | cluster-wide | An entry is added to a segment's offset index for about every so many bytes of log. Denser finds a position faster and makes the index larger.
log.index.size.max.bytes | INT | 10485760 | [4,...] | medium | cluster-wide | Largest size of an offset index; a segment whose index is full is rolled.
log.local.retention.bytes | LONG | -2 | [-2,...] | medium | cluster-wide | How many bytes of a tiered partition stay on local disk; -2 means all that log.retention.bytes allows.
log.local.retention.ms | LONG | -2 | [-2,...] | medium | cluster-wide | How long segments of a tiered partition stay on local disk; -2 means as long as log.retention.ms allows.
log.message.timestamp.after.max.ms | LONG | 3600000 | [0,...] | medium | cluster-wide | By how much a record's timestamp may be ahead of the broker's clock when it sets no timestamps itself.
log.message.timestamp.before.max.ms | LONG | 9223372036854775807 | [0,...] | medium | cluster-wide | By how much a record's timestamp may be behind the broker's clock when it sets no timestamps itself.
log.message.timestamp.type | STRING | CreateTime | [CreateTime, LogAppendTime] | medium | cluster-wide | Whose clock is in the records: CreateTime is the producer's, LogAppendTime the broker's.
log.preallocate | BOOLEAN | false | | medium | cluster-wide | Whether the file of a new segment is made at full size at once.
log.retention.bytes | LONG | -1 | | high | cluster-wide | Largest size of a partition before its oldest segments are deleted; -1 is no bound.
log.retention.check.interval.ms | LONG | 300000 | [1,...] | medium | read-only | How often logs are looked at for segments that may be deleted.
log.retention.hours | INT | 168 | | high | read-only | How long segments are kept, in hours; weaker than log.retention.minutes and log.retention.ms.
log.retention.minutes | INT | null | | high | read-only | How long segments are kept, in minutes; weaker than log.retention.ms. Unset means log.retention.hours.
log.retention.ms | LONG | null | | high | cluster-wide | How long segments are kept; -1 is for ever. Unset means log.retention.minutes.
log.roll.hours | INT | 168 | [1,...] | high | read-only | Age at which a segment is closed even if it is not full, in hours; weaker than log.roll.ms.
log.roll.jitter.hours | INT | 0 | [0,...] | high | read-only | Up to so many hours, by chance, are taken off log.roll.hours so that not all segments roll at once.
log.roll.jitter.ms | LONG | null | | high | cluster-wide | Up to so many milliseconds, by chance, are taken off log.roll.ms. Unset means log.roll.jitter.hours.
log.roll.ms | LONG | null | | high | cluster-wide | Age at which a segment is closed even if it is not full. Unset means log.roll.hours.
log.segment.bytes | INT | 1073741824 | [1048576,...] | high | cluster-wide | Size at which a segment is closed and a new one begun.
log.segment.delete.delay.ms | LONG | 60000 | [0,...] | high | cluster-wide | How long the files of a deleted segment stay on disk under another name.
message.max.bytes | INT | 1048588 | [0,...] | high | cluster-wide | Largest record batch that is taken, as it arrives (compressed, if it is).
num.recovery.threads.per.data.dir | INT | 2 | [1,...] | high | cluster-wide | How many logs of one directory are recovered at once at start, and flushed at once when stopping.
`;
