import type { Writer } from '../writer.ts';

const flexibleFrom = 9;
const leaderTagFrom = 10;
const topicIdsFrom = 13;

/** An address by which a client reaches a leader that it was told of (KIP-951). */
export interface NodeEndpoint {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

export interface RecordError {
  /** Index of the record in its batch. */
  readonly batchIndex: number;
  readonly message: string | null;
}

/**
 * Writes a ProduceResponse (versions 3 to 13) as its parts become known, without an object a partition:
 * `begin`, then for each topic `topic` and `partition` as often as was announced, then `end`.
 */
export class ProduceResponseWriter {
  #writer!: Writer;
  #version = 0;
  #compact = false;
  #insideTopic = false;

  begin(writer: Writer, version: number, topicCount: number): void {
    this.#writer = writer;
    this.#version = version;
    this.#compact = version >= flexibleFrom;
    this.#insideTopic = false;
    writer.count(topicCount, this.#compact);
  }

  /**
   * The next topic: its name is the `nameBytes` bytes at `start` up to version 12, its id the 16 bytes there from
   * version 13 on, as the request view gives them.
   */
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
   * The next partition of the topic. `leaderId` and `leaderEpoch` tell the client where the leader is now, -1 where
   * there is nothing to tell; versions before 10 leave them out.
   */
  partition(
    partition: number,
    errorCode: number,
    baseOffset: number,
    logAppendTimeMs: number,
    logStartOffset: number,
    recordErrors: readonly RecordError[],
    errorMessage: string | null,
    leaderId: number,
    leaderEpoch: number,
  ): void {
    const writer = this.#writer;
    const version = this.#version;
    writer.int32(partition);
    writer.int16(errorCode);
    writer.int64Number(baseOffset);
    writer.int64Number(logAppendTimeMs);
    if (version >= 5) writer.int64Number(logStartOffset);
    if (version >= 8) {
      writer.count(recordErrors.length, this.#compact);
      for (let i = 0; i < recordErrors.length; i++) this.#recordError(recordErrors[i]!);
      writer.nullableString(errorMessage, this.#compact);
    }
    if (!this.#compact) return;
    if (version < leaderTagFrom || (leaderId === -1 && leaderEpoch === -1)) writer.uvarint(0);
    else this.#currentLeader(leaderId, leaderEpoch);
  }

  end(throttleTimeMs: number, nodeEndpoints: readonly NodeEndpoint[]): void {
    this.#leaveTopic();
    const writer = this.#writer;
    writer.int32(throttleTimeMs);
    if (this.#compact) writeNodeEndpoints(writer, this.#version >= leaderTagFrom ? nodeEndpoints : []);
  }

  #currentLeader(leaderId: number, leaderEpoch: number): void {
    const writer = this.#writer;
    writer.uvarint(1); // one tagged field: tag 0, of 9 bytes
    writer.uvarint(0);
    writer.uvarint(9);
    writer.int32(leaderId);
    writer.int32(leaderEpoch);
    writer.uvarint(0);
  }

  #recordError(error: RecordError): void {
    const writer = this.#writer;
    writer.int32(error.batchIndex);
    writer.nullableString(error.message, this.#compact);
    if (this.#compact) writer.uvarint(0);
  }

  #leaveTopic(): void {
    if (this.#insideTopic && this.#compact) this.#writer.uvarint(0);
    this.#insideTopic = false;
  }
}

/** The tagged fields of a whole response: NodeEndpoints under tag 0, or nothing. */
export function writeNodeEndpoints(writer: Writer, endpoints: readonly NodeEndpoint[]): void {
  if (endpoints.length === 0) {
    writer.uvarint(0);
    return;
  }
  writer.uvarint(1);
  const tag = writer.beginTag(0);
  writer.count(endpoints.length, true);
  for (const endpoint of endpoints) {
    writer.int32(endpoint.nodeId);
    writer.string(endpoint.host, true);
    writer.int32(endpoint.port);
    writer.nullableString(endpoint.rack, true);
    writer.uvarint(0);
  }
  writer.endTag(tag);
}
