import { ProtocolError, refuseTag } from '../protocol-error.ts';
import { Reader } from '../reader.ts';
import { emptyBytes } from '../types.ts';

export const lowestFetchVersion = 4;
export const highestFetchVersion = 18;
const sessionsFrom = 7;
const rackFrom = 11;
const flexibleFrom = 12;
const topicIdsFrom = 13;
const replicaStateFrom = 15;
const directoryFrom = 17;
const highWatermarkFrom = 18;

/**
 * A Fetch request (versions 4 to 18) read where it lies. Like ProduceRequestView: `open` walks it all and throws
 * ProtocolError if anything is malformed, after that the iteration cannot fail. Offsets beyond 2^53 are clamped, as no
 * log reaches them.
 *
 *     view.open(bytes, start, end, version);
 *     while (view.nextTopic()) while (view.nextPartition()) …
 *     view.beginForgotten();
 *     while (view.nextForgottenTopic()) while (view.nextForgottenPartition()) …
 */
export class FetchRequestView {
  /** -1 for consumers. From the field up to version 14, from the replica state after that. */
  replicaId = -1;
  replicaEpoch = -1;
  maxWaitMs = 0;
  minBytes = 0;
  maxBytes = 0;
  isolationLevel = 0;
  sessionId = 0;
  sessionEpoch = -1;
  rackIdStart = 0;
  rackIdBytes = 0;
  /** -1 is null. */
  clusterIdBytes = -1;
  clusterIdStart = 0;
  topicCount = 0;
  partitionCount = 0;
  forgottenTopicCount = 0;
  forgottenPartitionCount = 0;

  // The current topic, forgotten or not. By name up to version 12, by id from 13 on: the other one is -1.
  topicNameStart = 0;
  topicNameBytes = -1;
  topicIdStart = -1;
  topicPartitionCount = 0;

  // The current partition; of a forgotten one only `partition`.
  partition = -1;
  currentLeaderEpoch = -1;
  fetchOffset = 0;
  lastFetchedEpoch = -1;
  logStartOffset = -1;
  partitionMaxBytes = 0;
  /** -1 where the directory's id is not given. */
  replicaDirectoryIdStart = -1;
  /** The follower's high watermark; clamped 2^63-1 where it is not given. */
  highWatermark: number = Number.MAX_SAFE_INTEGER;

  readonly #reader = new Reader(emptyBytes);
  #version = 0;
  #compact = false;
  #topicsStart = 0;
  #forgottenStart = 0;
  #topicsLeft = 0;
  #partitionsLeft = 0;
  #insideTopic = false;

  open(bytes: Uint8Array, start: number, end: number, version: number): void {
    if (version < lowestFetchVersion || version > highestFetchVersion) {
      throw new ProtocolError('unsupported-version', `FetchRequest has no version ${version}`);
    }
    const reader = this.#reader.reset(bytes, start, end);
    this.#version = version;
    this.#compact = version >= flexibleFrom;
    this.replicaId = version < replicaStateFrom ? reader.int32() : -1;
    this.replicaEpoch = -1;
    this.maxWaitMs = reader.int32();
    this.minBytes = reader.int32();
    this.maxBytes = reader.int32();
    this.isolationLevel = reader.int8();
    this.sessionId = version >= sessionsFrom ? reader.int32() : 0;
    this.sessionEpoch = version >= sessionsFrom ? reader.int32() : -1;
    this.#topicsStart = reader.position;
    this.#validate();
    this.rewind();
  }

  /** Back to before the first topic. */
  rewind(): void {
    this.#begin(this.#topicsStart);
  }

  /** To before the first forgotten topic (KIP-227). */
  beginForgotten(): void {
    if (this.#version >= sessionsFrom) this.#begin(this.#forgottenStart);
    else this.#topicsLeft = this.#partitionsLeft = 0;
    this.#insideTopic = false;
  }

  nextTopic(): boolean {
    if (this.#insideTopic) {
      while (this.nextPartition());
      this.#leaveTopic();
    }
    return this.#enterTopic(this.#partitionMinBytes());
  }

  nextPartition(): boolean {
    if (this.#partitionsLeft <= 0) return false;
    this.#partitionsLeft--;
    const reader = this.#reader;
    const version = this.#version;
    this.partition = reader.int32();
    this.currentLeaderEpoch = version >= 9 ? reader.int32() : -1;
    this.fetchOffset = reader.int64Clamped();
    this.lastFetchedEpoch = version >= 12 ? reader.int32() : -1;
    this.logStartOffset = version >= 5 ? reader.int64Clamped() : -1;
    this.partitionMaxBytes = reader.int32();
    this.replicaDirectoryIdStart = -1;
    this.highWatermark = Number.MAX_SAFE_INTEGER;
    if (this.#compact) this.#partitionTags();
    return true;
  }

  nextForgottenTopic(): boolean {
    if (this.#insideTopic) {
      while (this.nextForgottenPartition());
      this.#leaveTopic();
    }
    return this.#enterTopic(4);
  }

  nextForgottenPartition(): boolean {
    if (this.#partitionsLeft <= 0) return false;
    this.#partitionsLeft--;
    this.partition = this.#reader.int32();
    return true;
  }

  #begin(position: number): void {
    this.#reader.position = position;
    this.#topicsLeft = this.#count(this.#version >= topicIdsFrom ? 18 : this.#compact ? 3 : 6);
    this.#partitionsLeft = 0;
    this.#insideTopic = false;
  }

  #validate(): void {
    const reader = this.#reader;
    this.topicIdStart = -1;
    this.topicNameBytes = -1;
    this.rewind();
    this.topicCount = this.#topicsLeft;
    this.partitionCount = 0;
    while (this.nextTopic()) while (this.nextPartition()) this.partitionCount++;
    this.#forgottenStart = reader.position;
    this.beginForgotten();
    this.forgottenTopicCount = this.#topicsLeft;
    this.forgottenPartitionCount = 0;
    while (this.nextForgottenTopic()) while (this.nextForgottenPartition()) this.forgottenPartitionCount++;
    this.rackIdBytes = this.#version >= rackFrom ? reader.skipString(this.#compact, false) : 0;
    this.rackIdStart = reader.position - this.rackIdBytes;
    this.clusterIdBytes = -1;
    if (this.#compact) this.#requestTags();
  }

  #requestTags(): void {
    const reader = this.#reader;
    for (let n = reader.uvarint(); n > 0; n--) {
      const tag = reader.uvarint();
      const end = reader.tagEnd();
      if (tag === 0) {
        this.clusterIdBytes = reader.skipString(true, true);
        this.clusterIdStart = reader.position - Math.max(this.clusterIdBytes, 0);
        reader.closeTag(end);
      } else if (tag === 1) {
        if (this.#version < replicaStateFrom) refuseTag('FetchRequest', tag, this.#version);
        this.replicaId = reader.int32();
        this.replicaEpoch = reader.int64Clamped();
        reader.skipTags();
        reader.closeTag(end);
      } else {
        reader.position = end;
      }
    }
  }

  #partitionTags(): void {
    const reader = this.#reader;
    for (let n = reader.uvarint(); n > 0; n--) {
      const tag = reader.uvarint();
      const end = reader.tagEnd();
      if (tag === 0) {
        if (this.#version < directoryFrom) refuseTag('FetchPartition', tag, this.#version);
        this.replicaDirectoryIdStart = reader.position;
        reader.skip(16);
        reader.closeTag(end);
      } else if (tag === 1) {
        if (this.#version < highWatermarkFrom) refuseTag('FetchPartition', tag, this.#version);
        this.highWatermark = reader.int64Clamped();
        reader.closeTag(end);
      } else {
        reader.position = end;
      }
    }
  }

  #enterTopic(partitionMinBytes: number): boolean {
    if (this.#topicsLeft <= 0) return false;
    this.#topicsLeft--;
    const reader = this.#reader;
    if (this.#version >= topicIdsFrom) {
      this.topicIdStart = reader.position;
      reader.skip(16);
    } else {
      this.topicNameBytes = reader.skipString(this.#compact, false);
      this.topicNameStart = reader.position - this.topicNameBytes;
    }
    this.topicPartitionCount = this.#partitionsLeft = this.#count(partitionMinBytes);
    this.#insideTopic = true;
    return true;
  }

  #leaveTopic(): void {
    if (this.#compact) this.#reader.skipTags();
    this.#insideTopic = false;
  }

  #partitionMinBytes(): number {
    if (this.#compact) return 33;
    return 16 + (this.#version >= 5 ? 8 : 0) + (this.#version >= 9 ? 4 : 0);
  }

  #count(minBytes: number): number {
    const count = this.#reader.count(this.#compact, minBytes);
    if (count < 0) throw new ProtocolError('unexpected-null', 'a null array in a FetchRequest');
    return count;
  }
}
