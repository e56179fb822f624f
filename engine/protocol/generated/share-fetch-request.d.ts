// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 78;
export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface ShareFetchRequest {
  /** string, versions 0+, nullable 0+, default null */
  groupId: string | null;
  /** string, versions 0+, nullable 0+ */
  memberId: string | null;
  /** int32, versions 0+ */
  shareSessionEpoch: number;
  /** int32, versions 0+ */
  maxWaitMs: number;
  /** int32, versions 0+ */
  minBytes: number;
  /** int32, versions 0+, default 2147483647 */
  maxBytes: number;
  /** int32, versions 1+ */
  maxRecords: number;
  /** int32, versions 1+ */
  batchSize: number;
  /** int8, versions 2+, default 0 */
  shareAcquireMode: number;
  /** bool, versions 2+, default false */
  isRenewAck: boolean;
  /** []FetchTopic, versions 0+ */
  topics: FetchTopic[];
  /** []ForgottenTopic, versions 0+ */
  forgottenTopicsData: ForgottenTopic[];
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

export interface FetchPartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int32, versions 0 */
  partitionMaxBytes: number;
  /** []AcknowledgementBatch, versions 0+ */
  acknowledgementBatches: AcknowledgementBatch[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface FetchTopic {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []FetchPartition, versions 0+ */
  partitions: FetchPartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ForgottenTopic {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeShareFetchRequest(reader: Reader, version: number): ShareFetchRequest;
export declare function encodeShareFetchRequest(writer: Writer, message: Init<ShareFetchRequest>, version: number): void;
export { decodeShareFetchRequest as decode, encodeShareFetchRequest as encode };
