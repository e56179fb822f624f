// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 83;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface InitializeShareGroupStateRequest {
  /** string, versions 0+ */
  groupId: string;
  /** []InitializeStateData, versions 0+ */
  topics: InitializeStateData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partition: number;
  /** int32, versions 0+ */
  stateEpoch: number;
  /** int64, versions 0+ */
  startOffset: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface InitializeStateData {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeInitializeShareGroupStateRequest(reader: Reader, version: number): InitializeShareGroupStateRequest;
export declare function encodeInitializeShareGroupStateRequest(writer: Writer, message: Init<InitializeShareGroupStateRequest>, version: number): void;
export { decodeInitializeShareGroupStateRequest as decode, encodeInitializeShareGroupStateRequest as encode };
