// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 86;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DeleteShareGroupStateRequest {
  /** string, versions 0+ */
  groupId: string;
  /** []DeleteStateData, versions 0+ */
  topics: DeleteStateData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface PartitionData {
  /** int32, versions 0+ */
  partition: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeleteStateData {
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []PartitionData, versions 0+ */
  partitions: PartitionData[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDeleteShareGroupStateRequest(reader: Reader, version: number): DeleteShareGroupStateRequest;
export declare function encodeDeleteShareGroupStateRequest(writer: Writer, message: Init<DeleteShareGroupStateRequest>, version: number): void;
export { decodeDeleteShareGroupStateRequest as decode, encodeDeleteShareGroupStateRequest as encode };
