// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 0;
export declare const lowestVersion: 3;
export declare const highestVersion: 13;

export interface ProduceResponse {
  /** []TopicProduceResponse, versions 0+ */
  responses: TopicProduceResponse[];
  /** int32, versions 1+, default 0 */
  throttleTimeMs: number;
  /** []NodeEndpoint, versions 10+, tag 0 */
  nodeEndpoints: NodeEndpoint[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface BatchIndexAndErrorMessage {
  /** int32, versions 8+ */
  batchIndex: number;
  /** string, versions 8+, nullable 8+, default null */
  batchIndexErrorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface LeaderIdAndEpoch {
  /** int32, versions 10+, default -1 */
  leaderId: NodeId;
  /** int32, versions 10+, default -1 */
  leaderEpoch: LeaderEpoch;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionProduceResponse {
  /** int32, versions 0+ */
  index: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** int64, versions 0+ */
  baseOffset: bigint;
  /** int64, versions 2+, default -1 */
  logAppendTimeMs: bigint;
  /** int64, versions 5+, default -1 */
  logStartOffset: bigint;
  /** []BatchIndexAndErrorMessage, versions 8+ */
  recordErrors: BatchIndexAndErrorMessage[];
  /** string, versions 8+, nullable 8+, default null */
  errorMessage: string | null;
  /** LeaderIdAndEpoch, versions 10+, tag 0 */
  currentLeader: LeaderIdAndEpoch;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicProduceResponse {
  /** string, versions 0-12 */
  name: string;
  /** uuid, versions 13+ */
  topicId: TopicId;
  /** []PartitionProduceResponse, versions 0+ */
  partitionResponses: PartitionProduceResponse[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface NodeEndpoint {
  /** int32, versions 10+ */
  nodeId: NodeId;
  /** string, versions 10+ */
  host: string;
  /** int32, versions 10+ */
  port: number;
  /** string, versions 10+, nullable 10+, default null */
  rack: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeProduceResponse(reader: Reader, version: number): ProduceResponse;
export declare function encodeProduceResponse(writer: Writer, message: Init<ProduceResponse>, version: number): void;
export { decodeProduceResponse as decode, encodeProduceResponse as encode };
