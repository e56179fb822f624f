import { assert } from '../../base/assert.ts';
import type { Writer } from '../writer.ts';
import { type NodeEndpoint, writeNodeEndpoints } from './produce-response-writer.ts';

const sessionsFrom = 7;
const flexibleFrom = 12;
const topicIdsFrom = 13;
const endpointsFrom = 16;

export interface AbortedTransaction {
  readonly producerId: bigint;
  readonly firstOffset: number;
}

const absent = -1;

/**
 * Writes a FetchResponse (versions 4 to 18) with record bytes spliced in, not copied: `begin`, then for each topic
 * `topic`, for each partition `partition`, the setters that apply and `records` until all announced bytes are there,
 * then `end`. The Writer's segments are what is to be sent.
 */
export class FetchResponseWriter {
  #writer!: Writer;
  #version = 0;
  #compact = false;
  #insideTopic = false;
  #insidePartition = false;
  #recordsLeftBytes = 0;
  #divergingEpoch = absent;
  #divergingEndOffset = absent;
  #leaderId = absent;
  #leaderEpoch = absent;
  #snapshotEndOffset = absent;
  #snapshotEpoch = absent;

  /** Versions before 7 have neither error nor session. */
  begin(
    writer: Writer,
    version: number,
    throttleTimeMs: number,
    errorCode: number,
    sessionId: number,
    topicCount: number,
  ): void {
    this.#writer = writer;
    this.#version = version;
    this.#compact = version >= flexibleFrom;
    this.#insideTopic = false;
    this.#insidePartition = false;
    writer.int32(throttleTimeMs);
    if (version >= sessionsFrom) {
      writer.int16(errorCode);
      writer.int32(sessionId);
    }
    writer.count(topicCount, this.#compact);
  }

  /** The next topic: its name lies at `start` (versions to 12), or its id's 16 bytes do (from 13 on). */
  topic(bytes: Uint8Array, start: number, nameBytes: number, partitionCount: number): void {
    this.#leaveTopic();
    const writer = this.#writer;
    if (this.#version >= topicIdsFrom) {
      writer.copy(bytes, start, 16);
    } else {
      if (this.#compact) writer.uvarint(nameBytes + 1);
      else writer.int16(nameBytes);
      writer.copy(bytes, start, nameBytes);
    }
    writer.count(partitionCount, this.#compact);
    this.#insideTopic = true;
  }

  /**
   * The next partition of the topic. `abortedTransactions` is null for readers of uncommitted records; `recordsBytes`
   * is what `records` is going to add, -1 for a null.
   */
  partition(
    partition: number,
    errorCode: number,
    highWatermark: number,
    lastStableOffset: number,
    logStartOffset: number,
    abortedTransactions: readonly AbortedTransaction[] | null,
    preferredReadReplica: number,
    recordsBytes: number,
  ): void {
    this.#leavePartition();
    const writer = this.#writer;
    writer.int32(partition);
    writer.int16(errorCode);
    writer.int64Number(highWatermark);
    writer.int64Number(lastStableOffset);
    if (this.#version >= 5) writer.int64Number(logStartOffset);
    this.#abortedTransactions(abortedTransactions);
    if (this.#version >= 11) writer.int32(preferredReadReplica);
    if (this.#compact) writer.uvarint(recordsBytes + 1);
    else writer.int32(recordsBytes);
    this.#recordsLeftBytes = Math.max(recordsBytes, 0);
    this.#insidePartition = true;
  }

  /** Adds record bytes to the current partition; may be called several times. */
  records(bytes: Uint8Array): void {
    this.#recordsLeftBytes -= bytes.length;
    this.#writer.splice(bytes);
  }

  /** Where the follower's log parts from the leader's (KIP-595); left out before version 12. */
  divergingEpoch(epoch: number, endOffset: number): void {
    this.#divergingEpoch = epoch;
    this.#divergingEndOffset = endOffset;
  }

  /** Where the leader is now (KIP-951); left out before version 12. */
  currentLeader(leaderId: number, leaderEpoch: number): void {
    this.#leaderId = leaderId;
    this.#leaderEpoch = leaderEpoch;
  }

  /** The snapshot to fetch instead (KIP-630); left out before version 12. */
  snapshotId(endOffset: number, epoch: number): void {
    this.#snapshotEndOffset = endOffset;
    this.#snapshotEpoch = epoch;
  }

  end(nodeEndpoints: readonly NodeEndpoint[]): void {
    this.#leaveTopic();
    if (this.#compact) writeNodeEndpoints(this.#writer, this.#version >= endpointsFrom ? nodeEndpoints : []);
  }

  #abortedTransactions(list: readonly AbortedTransaction[] | null): void {
    const writer = this.#writer;
    writer.count(list === null ? -1 : list.length, this.#compact);
    if (list === null) return;
    for (let i = 0; i < list.length; i++) {
      writer.int64(list[i]!.producerId);
      writer.int64Number(list[i]!.firstOffset);
      if (this.#compact) writer.uvarint(0);
    }
  }

  #leavePartition(): void {
    if (!this.#insidePartition) return;
    this.#insidePartition = false;
    assert(this.#recordsLeftBytes === 0, 'a fetch response has as many record bytes as announced');
    if (this.#compact) this.#tags();
    this.#divergingEpoch = this.#divergingEndOffset = absent;
    this.#leaderId = this.#leaderEpoch = absent;
    this.#snapshotEndOffset = this.#snapshotEpoch = absent;
  }

  #tags(): void {
    const writer = this.#writer;
    const diverging = this.#divergingEpoch !== absent || this.#divergingEndOffset !== absent;
    const leader = this.#leaderId !== absent || this.#leaderEpoch !== absent;
    const snapshot = this.#snapshotEndOffset !== absent || this.#snapshotEpoch !== absent;
    writer.uvarint((diverging ? 1 : 0) + (leader ? 1 : 0) + (snapshot ? 1 : 0));
    if (diverging) {
      beginSmallTag(writer, 0, 13);
      writer.int32(this.#divergingEpoch);
      writer.int64Number(this.#divergingEndOffset);
      writer.uvarint(0);
    }
    if (leader) {
      beginSmallTag(writer, 1, 9);
      writer.int32(this.#leaderId);
      writer.int32(this.#leaderEpoch);
      writer.uvarint(0);
    }
    if (snapshot) {
      beginSmallTag(writer, 2, 13);
      writer.int64Number(this.#snapshotEndOffset);
      writer.int32(this.#snapshotEpoch);
      writer.uvarint(0);
    }
  }

  #leaveTopic(): void {
    this.#leavePartition();
    if (this.#insideTopic && this.#compact) this.#writer.uvarint(0);
    this.#insideTopic = false;
  }
}

function beginSmallTag(writer: Writer, tag: number, sizeBytes: number): void {
  writer.uvarint(tag);
  writer.uvarint(sizeBytes);
}
