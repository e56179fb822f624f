// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 28;
export declare const lowestVersion: 0;
export declare const highestVersion: 5;

export interface TxnOffsetCommitRequest {
  /** string, versions 0+ */
  transactionalId: string;
  /** string, versions 0+ */
  groupId: string;
  /** int64, versions 0+ */
  producerId: ProducerId;
  /** int16, versions 0+ */
  producerEpoch: number;
  /** int32, versions 3+, default -1 */
  generationId: number;
  /** string, versions 3+, default "" */
  memberId: string;
  /** string, versions 3+, nullable 3+, default null */
  groupInstanceId: string | null;
  /** []TxnOffsetCommitRequestTopic, versions 0+ */
  topics: TxnOffsetCommitRequestTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TxnOffsetCommitRequestPartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int64, versions 0+ */
  committedOffset: bigint;
  /** int32, versions 2+, default -1 */
  committedLeaderEpoch: number;
  /** string, versions 0+, nullable 0+ */
  committedMetadata: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TxnOffsetCommitRequestTopic {
  /** string, versions 0+ */
  name: string;
  /** []TxnOffsetCommitRequestPartition, versions 0+ */
  partitions: TxnOffsetCommitRequestPartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeTxnOffsetCommitRequest(reader: Reader, version: number): TxnOffsetCommitRequest;
export declare function encodeTxnOffsetCommitRequest(writer: Writer, message: Init<TxnOffsetCommitRequest>, version: number): void;
export { decodeTxnOffsetCommitRequest as decode, encodeTxnOffsetCommitRequest as encode };
