/**
 * Numbers and strings that carry their kind. Offsets and timestamps are numbers inside the engine (safe to 2^53);
 * on the wire they are int64, decoded as bigint by the generic codecs and as numbers, range-checked, by the hot views.
 */
declare const kind: unique symbol;
type Brand<T, K extends string> = T & { readonly [kind]?: K };

/** Position of a record in a partition's log. */
export type Offset = Brand<number, 'Offset'>;
/** Term of a partition's or a quorum's leader. */
export type LeaderEpoch = Brand<number, 'LeaderEpoch'>;
export type ProducerId = Brand<bigint, 'ProducerId'>;
/** A uuid in Kafka's text form: 22 characters of unpadded base64url over 16 bytes. */
export type Uuid = Brand<string, 'Uuid'>;
export type TopicId = Uuid;
export type DirectoryId = Uuid;
export type NodeId = Brand<number, 'NodeId'>;
/** Milliseconds since 1970-01-01T00:00:00Z. */
export type TimestampMs = Brand<number, 'TimestampMs'>;
/** A row of the shared partition table. */
export type PartitionRow = Brand<number, 'PartitionRow'>;
/** A row of the shared topic table. */
export type TopicRow = Brand<number, 'TopicRow'>;
/** Index of a shard (0 … N-1); the coordinator is `coordinatorThread`. */
export type ThreadIndex = Brand<number, 'ThreadIndex'>;

export const zeroUuid: Uuid = 'AAAAAAAAAAAAAAAAAAAAAA';
