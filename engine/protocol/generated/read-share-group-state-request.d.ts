// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 84;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ReadShareGroupStateRequest {
  /** string, versions 0+ */
  groupId: string;
  /** []ReadStateData, versions 0+ */
  topics: ReadStateData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partition: number;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ReadStateData {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeReadShareGroupStateRequest(reader: Reader, version: number): ReadShareGroupStateRequest;
export declare function encodeReadShareGroupStateRequest(writer: Writer, message: Init<ReadShareGroupStateRequest>, version: number): void;
export { decodeReadShareGroupStateRequest as decode, encodeReadShareGroupStateRequest as encode };
