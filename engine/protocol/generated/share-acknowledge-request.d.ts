// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 79;
export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface ShareAcknowledgeRequest {
  /** string, versions 0+, nullable 0+, default null */
  groupId: string | null;
  /** string, versions 0+, nullable 0+ */
  memberId: string | null;
  /** int32, versions 0+ */
  shareSessionEpoch: number;
  /** bool, versions 2+, default false */
  isRenewAck: boolean;
  /** []AcknowledgeTopic, versions 0+ */
  topics: AcknowledgeTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AcknowledgementBatch {
  /** int64, versions 0+ */
  firstOffset: bigint;
  /** int64, versions 0+ */
  lastOffset: bigint;
  /** []int8, versions 0+ */
  acknowledgeTypes: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AcknowledgePartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** []AcknowledgementBatch, versions 0+ */
  acknowledgementBatches: AcknowledgementBatch[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AcknowledgeTopic {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []AcknowledgePartition, versions 0+ */
  partitions: AcknowledgePartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeShareAcknowledgeRequest(reader: Reader, version: number): ShareAcknowledgeRequest;
export declare function encodeShareAcknowledgeRequest(writer: Writer, message: Init<ShareAcknowledgeRequest>, version: number): void;
export { decodeShareAcknowledgeRequest as decode, encodeShareAcknowledgeRequest as encode };
