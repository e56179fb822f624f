// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, LeaderEpoch, NodeId, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 3;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface PartitionRecord {
  /** int32, versions 0+, default -1 */
  partitionId: number;
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []int32, versions 0+ */
  replicas: NodeId[];
  /** []int32, versions 0+ */
  isr: NodeId[];
  /** []int32, versions 0+ */
  removingReplicas: number[];
  /** []int32, versions 0+ */
  addingReplicas: number[];
  /** int32, versions 0+, default -1 */
  leader: NodeId;
  /** int8, versions 0+, tag 0, default 0 */
  leaderRecoveryState: number;
  /** int32, versions 0+, default -1 */
  leaderEpoch: LeaderEpoch;
  /** int32, versions 0+, default -1 */
  partitionEpoch: number;
  /** []uuid, versions 1+ */
  directories: DirectoryId[];
  /** []int32, versions 2+, nullable 2+, tag 1, default null */
  eligibleLeaderReplicas: number[] | null;
  /** []int32, versions 2+, nullable 2+, tag 2, default null */
  lastKnownElr: number[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodePartitionRecord(reader: Reader, version: number): PartitionRecord;
export declare function encodePartitionRecord(writer: Writer, message: Init<PartitionRecord>, version: number): void;
export { decodePartitionRecord as decode, encodePartitionRecord as encode };
