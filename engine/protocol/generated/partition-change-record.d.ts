// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { DirectoryId, NodeId, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 5;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface PartitionChangeRecord {
  /** int32, versions 0+, default -1 */
  partitionId: number;
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []int32, versions 0+, nullable 0+, tag 0, default null */
  isr: NodeId[] | null;
  /** int32, versions 0+, tag 1, default -2 */
  leader: NodeId;
  /** []int32, versions 0+, nullable 0+, tag 2, default null */
  replicas: NodeId[] | null;
  /** []int32, versions 0+, nullable 0+, tag 3, default null */
  removingReplicas: number[] | null;
  /** []int32, versions 0+, nullable 0+, tag 4, default null */
  addingReplicas: number[] | null;
  /** int8, versions 0+, tag 5, default -1 */
  leaderRecoveryState: number;
  /** []uuid, versions 1+, nullable 1+, tag 8, default null */
  directories: DirectoryId[] | null;
  /** []int32, versions 2+, nullable 2+, tag 6, default null */
  eligibleLeaderReplicas: number[] | null;
  /** []int32, versions 2+, nullable 2+, tag 7, default null */
  lastKnownElr: number[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodePartitionChangeRecord(reader: Reader, version: number): PartitionChangeRecord;
export declare function encodePartitionChangeRecord(writer: Writer, message: Init<PartitionChangeRecord>, version: number): void;
export { decodePartitionChangeRecord as decode, encodePartitionChangeRecord as encode };
