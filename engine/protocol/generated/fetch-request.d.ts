// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, LeaderEpoch, NodeId, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 1;
export declare const lowestVersion: 4;
export declare const highestVersion: 18;

export interface FetchRequest {
  /** string, versions 12+, nullable 12+, tag 0, default null */
  clusterId: string | null;
  /** int32, versions 0-14, default -1 */
  replicaId: NodeId;
  /** ReplicaState, versions 15+, tag 1 */
  replicaState: ReplicaState;
  /** int32, versions 0+ */
  maxWaitMs: number;
  /** int32, versions 0+ */
  minBytes: number;
  /** int32, versions 3+, default 2147483647 */
  maxBytes: number;
  /** int8, versions 4+, default 0 */
  isolationLevel: number;
  /** int32, versions 7+, default 0 */
  sessionId: number;
  /** int32, versions 7+, default -1 */
  sessionEpoch: number;
  /** []FetchTopic, versions 0+ */
  topics: FetchTopic[];
  /** []ForgottenTopic, versions 7+ */
  forgottenTopicsData: ForgottenTopic[];
  /** string, versions 11+, default "" */
  rackId: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ReplicaState {
  /** int32, versions 15+, default -1 */
  replicaId: NodeId;
  /** int64, versions 15+, default -1 */
  replicaEpoch: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface FetchPartition {
  /** int32, versions 0+ */
  partition: number;
  /** int32, versions 9+, default -1 */
  currentLeaderEpoch: LeaderEpoch;
  /** int64, versions 0+ */
  fetchOffset: bigint;
  /** int32, versions 12+, default -1 */
  lastFetchedEpoch: LeaderEpoch;
  /** int64, versions 5+, default -1 */
  logStartOffset: bigint;
  /** int32, versions 0+ */
  partitionMaxBytes: number;
  /** uuid, versions 17+, tag 0 */
  replicaDirectoryId: DirectoryId;
  /** int64, versions 18+, tag 1, default 9223372036854775807 */
  highWatermark: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface FetchTopic {
  /** string, versions 0-12 */
  topic: string;
  /** uuid, versions 13+ */
  topicId: TopicId;
  /** []FetchPartition, versions 0+ */
  partitions: FetchPartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ForgottenTopic {
  /** string, versions 7-12 */
  topic: string;
  /** uuid, versions 13+ */
  topicId: TopicId;
  /** []int32, versions 7+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeFetchRequest(reader: Reader, version: number): FetchRequest;
export declare function encodeFetchRequest(writer: Writer, message: Init<FetchRequest>, version: number): void;
export { decodeFetchRequest as decode, encodeFetchRequest as encode };
