import { ProtocolError } from '../protocol-error.ts';
import { Reader } from '../reader.ts';
import { emptyBytes } from '../types.ts';

export const lowestProduceVersion = 3;
export const highestProduceVersion = 13;
const flexibleFrom = 9;
const topicIdsFrom = 13;

/**
 * A Produce request (versions 3 to 13) read where it lies: no strings, no objects, record bytes untouched. One view
 * serves one request after the other.
 *
 * `open` walks the whole request and throws ProtocolError if any of it is malformed; after that the iteration cannot
 * fail, so nothing is half done when a request turns out to be broken. Positions are indexes into the bytes given.
 *
 *     view.open(bytes, start, end, version);
 *     while (view.nextTopic()) while (view.nextPartition()) …
 */
export class ProduceRequestView {
  /** -1 is null. The transactional id's bytes begin at `transactionalIdStart`. */
  transactionalIdBytes = -1;
  transactionalIdStart = 0;
  acks = 0;
  timeoutMs = 0;
  /** Topics and partitions as listed; names that are listed twice count twice. */
  topicCount = 0;
  partitionCount = 0;
  /** Sum over all partitions. */
  totalRecordsBytes = 0;

  // The current topic. By name up to version 12, by id from 13 on: the other one is -1.
  topicNameStart = 0;
  topicNameBytes = -1;
  topicIdStart = -1;
  /** Partitions listed for the current topic. */
  topicPartitionCount = 0;

  // The current partition.
  partition = -1;
  recordsStart = 0;
  /** -1 is null. */
  recordsBytes = -1;

  readonly #reader = new Reader(emptyBytes);
  #version = 0;
  #compact = false;
  #topicsStart = 0;
  #topicsLeft = 0;
  #partitionsLeft = 0;
  /** Between a topic's last partition and its end lie its tagged fields. */
  #insideTopic = false;

  open(bytes: Uint8Array, start: number, end: number, version: number): void {
    if (version < lowestProduceVersion || version > highestProduceVersion) {
      throw new ProtocolError('unsupported-version', `ProduceRequest has no version ${version}`);
    }
    const reader = this.#reader.reset(bytes, start, end);
    this.#version = version;
    this.#compact = version >= flexibleFrom;
    this.transactionalIdBytes = reader.skipString(this.#compact, true);
    this.transactionalIdStart = reader.position - Math.max(this.transactionalIdBytes, 0);
    this.acks = reader.int16();
    this.timeoutMs = reader.int32();
    this.#topicsStart = reader.position;
    this.#validate();
    this.rewind();
  }

  /** Back to before the first topic. */
  rewind(): void {
    this.#reader.position = this.#topicsStart;
    this.#topicsLeft = this.#count(this.#topicMinBytes());
    this.#partitionsLeft = 0;
    this.#insideTopic = false;
  }

  /** Moves to the next topic, passing over what is left of the current one; false behind the last. */
  nextTopic(): boolean {
    if (this.#insideTopic) this.#leaveTopic();
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
    this.topicPartitionCount = this.#partitionsLeft = this.#count(this.#compact ? 6 : 8);
    this.#insideTopic = true;
    return true;
  }

  /** Moves to the current topic's next partition; false behind the last. */
  nextPartition(): boolean {
    if (this.#partitionsLeft <= 0) return false;
    this.#partitionsLeft--;
    const reader = this.#reader;
    this.partition = reader.int32();
    this.recordsBytes = reader.skipNullableBytes(this.#compact);
    this.recordsStart = reader.position - Math.max(this.recordsBytes, 0);
    if (this.#compact) reader.skipTags();
    return true;
  }

  #validate(): void {
    this.topicIdStart = -1;
    this.topicNameBytes = -1;
    this.rewind();
    this.topicCount = this.#topicsLeft;
    this.partitionCount = 0;
    this.totalRecordsBytes = 0;
    while (this.nextTopic()) {
      while (this.nextPartition()) {
        this.partitionCount++;
        this.totalRecordsBytes += Math.max(this.recordsBytes, 0);
      }
    }
    if (this.#compact) this.#reader.skipTags();
  }

  #leaveTopic(): void {
    while (this.nextPartition());
    if (this.#compact) this.#reader.skipTags();
    this.#insideTopic = false;
  }

  #topicMinBytes(): number {
    if (this.#version >= topicIdsFrom) return 18;
    return this.#compact ? 3 : 6;
  }

  #count(minBytes: number): number {
    const count = this.#reader.count(this.#compact, minBytes);
    if (count < 0) throw new ProtocolError('unexpected-null', 'a null array in a ProduceRequest');
    return count;
  }
}
