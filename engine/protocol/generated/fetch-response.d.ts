// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId, ProducerId, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 1;
export declare const lowestVersion: 4;
export declare const highestVersion: 18;

export interface FetchResponse {
  /** int32, versions 1+ */
  throttleTimeMs: number;
  /** int16, versions 7+ */
  errorCode: number;
  /** int32, versions 7+, default 0 */
  sessionId: number;
  /** []FetchableTopicResponse, versions 0+ */
  responses: FetchableTopicResponse[];
  /** []NodeEndpoint, versions 16+, tag 0 */
  nodeEndpoints: NodeEndpoint[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface EpochEndOffset {
  /** int32, versions 12+, default -1 */
  epoch: number;
  /** int64, versions 12+, default -1 */
  endOffset: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface LeaderIdAndEpoch {
  /** int32, versions 12+, default -1 */
  leaderId: NodeId;
  /** int32, versions 12+, default -1 */
  leaderEpoch: LeaderEpoch;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface SnapshotId {
  /** int64, versions 0+, default -1 */
  endOffset: bigint;
  /** int32, versions 0+, default -1 */
  epoch: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AbortedTransaction {
  /** int64, versions 4+ */
  producerId: ProducerId;
  /** int64, versions 4+ */
  firstOffset: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** int64, versions 0+ */
  highWatermark: bigint;
  /** int64, versions 4+, default -1 */
  lastStableOffset: bigint;
  /** int64, versions 5+, default -1 */
  logStartOffset: bigint;
  /** EpochEndOffset, versions 12+, tag 0 */
  divergingEpoch: EpochEndOffset;
  /** LeaderIdAndEpoch, versions 12+, tag 1 */
  currentLeader: LeaderIdAndEpoch;
  /** SnapshotId, versions 12+, tag 2 */
  snapshotId: SnapshotId;
  /** []AbortedTransaction, versions 4+, nullable 4+ */
  abortedTransactions: AbortedTransaction[] | null;
  /** int32, versions 11+, default -1 */
  preferredReadReplica: number;
  /** records, versions 0+, nullable 0+ */
  records: Uint8Array | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface FetchableTopicResponse {
  /** string, versions 0-12 */
  topic: string;
  /** uuid, versions 13+ */
  topicId: TopicId;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface NodeEndpoint {
  /** int32, versions 16+ */
  nodeId: NodeId;
  /** string, versions 16+ */
  host: string;
  /** int32, versions 16+ */
  port: number;
  /** string, versions 16+, nullable 16+, default null */
  rack: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeFetchResponse(reader: Reader, version: number): FetchResponse;
export declare function encodeFetchResponse(writer: Writer, message: Init<FetchResponse>, version: number): void;
export { decodeFetchResponse as decode, encodeFetchResponse as encode };
