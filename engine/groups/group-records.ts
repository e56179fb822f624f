import type { TopicId } from '../base/brands.ts';
import { zeroUuid } from '../base/brands.ts';
import { decodeGroupMetadataKey, encodeGroupMetadataKey } from '../protocol/generated/group-metadata-key.js';
import {
  decodeGroupMetadataValue,
  encodeGroupMetadataValue,
  type GroupMetadataValue,
} from '../protocol/generated/group-metadata-value.js';
import { decodeOffsetCommitKey, encodeOffsetCommitKey } from '../protocol/generated/offset-commit-key.js';
import { decodeOffsetCommitValue, encodeOffsetCommitValue } from '../protocol/generated/offset-commit-value.js';
import { Reader } from '../protocol/reader.ts';
import { readCoordinatorPrefix, writeCoordinatorPrefix } from '../protocol/record-frame.ts';
import type { Init } from '../protocol/types.ts';
import { Writer } from '../protocol/writer.ts';

/** An offset that a group committed. Clients may commit any int64. */
export interface CommittedOffset {
  readonly offset: bigint;
  /** -1: not known. */
  readonly leaderEpoch: number;
  readonly metadata: string;
  readonly commitTimestampMs: number;
  /** -1: as long as the broker keeps offsets. Only old clients say how long. */
  readonly expireTimestampMs: number;
  /** Zero where the commit did not say, or was written by an older release. */
  readonly topicId: TopicId;
}

/** A record of `__consumer_offsets`; a null value is a tombstone. */
export type GroupRecord =
  | {
      readonly kind: 'offset';
      readonly groupId: string;
      readonly topic: string;
      readonly partition: number;
      readonly value: CommittedOffset | null;
    }
  | { readonly kind: 'group'; readonly groupId: string; readonly value: Init<GroupMetadataValue> | null };

export type OffsetRecord = Extract<GroupRecord, { kind: 'offset' }>;
export type GroupMetadataRecord = Extract<GroupRecord, { kind: 'group' }>;

/** Types of keys. */
const legacyOffsetKey = 0;
const offsetKey = 1;
const groupKey = 2;

/** Versions of values: those that Apache Kafka 4.3 writes. An expiry is only in version 1. */
const offsetVersion = 4;
const expiringOffsetVersion = 1;
const groupVersion = 3;

export interface EncodedRecord {
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
}

const keyWriter = new Writer();
const valueWriter = new Writer();

function begun(writer: Writer, prefix: number): Writer {
  writer.reset();
  writeCoordinatorPrefix(writer, prefix);
  return writer;
}

/** The record's bytes: views, which the next call overwrites. */
export function encodeGroupRecord(record: GroupRecord): EncodedRecord {
  const isNull = record.value === null;
  if (record.kind === 'group') {
    encodeGroupMetadataKey(begun(keyWriter, groupKey), { group: record.groupId }, 0);
    if (!isNull) encodeGroupMetadataValue(begun(valueWriter, groupVersion), record.value, groupVersion);
  } else {
    const { groupId, topic, partition } = record;
    encodeOffsetCommitKey(begun(keyWriter, offsetKey), { group: groupId, topic, partition }, 0);
    if (!isNull) encodeOffset(record.value);
  }
  return { key: keyWriter.toBytes(), value: isNull ? null : valueWriter.toBytes() };
}

function encodeOffset(value: CommittedOffset): void {
  const { offset, leaderEpoch, metadata, topicId } = value;
  const commitTimestamp = BigInt(value.commitTimestampMs);
  if (value.expireTimestampMs >= 0) {
    const expireTimestamp = BigInt(value.expireTimestampMs);
    const message = { offset, metadata, commitTimestamp, expireTimestamp };
    encodeOffsetCommitValue(begun(valueWriter, expiringOffsetVersion), message, expiringOffsetVersion);
  } else {
    const message = { offset, leaderEpoch, metadata, commitTimestamp, topicId };
    encodeOffsetCommitValue(begun(valueWriter, offsetVersion), message, offsetVersion);
  }
}

/** Null: a record of a kind that is not served here (groups of the newer protocols). Throws ProtocolError. */
export function decodeGroupRecord(key: Uint8Array, value: Uint8Array | null): GroupRecord | null {
  const reader = new Reader(key);
  const type = readCoordinatorPrefix(reader);
  if (type === legacyOffsetKey || type === offsetKey) {
    const { group, topic, partition } = decodeOffsetCommitKey(reader, 0);
    return {
      kind: 'offset',
      groupId: group,
      topic,
      partition,
      value: value === null ? null : decodeOffset(new Reader(value)),
    };
  }
  if (type !== groupKey) return null;
  const { group } = decodeGroupMetadataKey(reader, 0);
  return { kind: 'group', groupId: group, value: value === null ? null : decodeGroup(new Reader(value)) };
}

function decodeOffset(reader: Reader): CommittedOffset {
  const value = decodeOffsetCommitValue(reader, readCoordinatorPrefix(reader));
  return {
    offset: value.offset,
    leaderEpoch: value.leaderEpoch,
    metadata: value.metadata,
    commitTimestampMs: Number(value.commitTimestamp),
    expireTimestampMs: Number(value.expireTimestamp),
    topicId: value.topicId ?? zeroUuid,
  };
}

function decodeGroup(reader: Reader): GroupMetadataValue {
  const value = decodeGroupMetadataValue(reader, readCoordinatorPrefix(reader));
  // What outlives the batch that it was read from is copied out of it.
  for (const member of value.members) {
    member.subscription = new Uint8Array(member.subscription);
    member.assignment = new Uint8Array(member.assignment);
  }
  return value;
}
