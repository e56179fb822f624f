// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 23;
export declare const lowestVersion: 2;
export declare const highestVersion: 4;

export interface OffsetForLeaderEpochRequest {
  /** int32, versions 3+, default -2 */
  replicaId: NodeId;
  /** []OffsetForLeaderTopic, versions 0+ */
  topics: OffsetForLeaderTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetForLeaderPartition {
  /** int32, versions 0+ */
  partition: number;
  /** int32, versions 2+, default -1 */
  currentLeaderEpoch: LeaderEpoch;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetForLeaderTopic {
  /** string, versions 0+ */
  topic: string;
  /** []OffsetForLeaderPartition, versions 0+ */
  partitions: OffsetForLeaderPartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeOffsetForLeaderEpochRequest(reader: Reader, version: number): OffsetForLeaderEpochRequest;
export declare function encodeOffsetForLeaderEpochRequest(writer: Writer, message: Init<OffsetForLeaderEpochRequest>, version: number): void;
export { decodeOffsetForLeaderEpochRequest as decode, encodeOffsetForLeaderEpochRequest as encode };
