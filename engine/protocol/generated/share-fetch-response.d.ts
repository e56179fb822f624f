// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 78;
export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface ShareFetchResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** int32, versions 1+ */
  acquisitionLockTimeoutMs: number;
  /** []ShareFetchableTopicResponse, versions 0+ */
  responses: ShareFetchableTopicResponse[];
  /** []NodeEndpoint, versions 0+ */
  nodeEndpoints: NodeEndpoint[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface LeaderIdAndEpoch {
  /** int32, versions 0+ */
  leaderId: NodeId;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AcquiredRecords {
  /** int64, versions 0+ */
  firstOffset: bigint;
  /** int64, versions 0+ */
  lastOffset: bigint;
  /** int16, versions 0+ */
  deliveryCount: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** int16, versions 0+ */
  acknowledgeErrorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  acknowledgeErrorMessage: string | null;
  /** LeaderIdAndEpoch, versions 0+ */
  currentLeader: LeaderIdAndEpoch;
  /** records, versions 0+, nullable 0 */
  records: Uint8Array | null;
  /** []AcquiredRecords, versions 0+ */
  acquiredRecords: AcquiredRecords[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ShareFetchableTopicResponse {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface NodeEndpoint {
  /** int32, versions 0+ */
  nodeId: NodeId;
  /** string, versions 0+ */
  host: string;
  /** int32, versions 0+ */
  port: number;
  /** string, versions 0+, nullable 0+, default null */
  rack: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeShareFetchResponse(reader: Reader, version: number): ShareFetchResponse;
export declare function encodeShareFetchResponse(writer: Writer, message: Init<ShareFetchResponse>, version: number): void;
export { decodeShareFetchResponse as decode, encodeShareFetchResponse as encode };
