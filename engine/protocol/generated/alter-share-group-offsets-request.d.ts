// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 91;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface AlterShareGroupOffsetsRequest {
  /** string, versions 0+ */
  groupId: string;
  /** []AlterShareGroupOffsetsRequestTopic, versions 0+ */
  topics: AlterShareGroupOffsetsRequestTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AlterShareGroupOffsetsRequestPartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int64, versions 0+ */
  startOffset: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AlterShareGroupOffsetsRequestTopic {
  /** string, versions 0+ */
  topicName: string;
  /** []AlterShareGroupOffsetsRequestPartition, versions 0+ */
  partitions: AlterShareGroupOffsetsRequestPartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterShareGroupOffsetsRequest(reader: Reader, version: number): AlterShareGroupOffsetsRequest;
export declare function encodeAlterShareGroupOffsetsRequest(writer: Writer, message: Init<AlterShareGroupOffsetsRequest>, version: number): void;
export { decodeAlterShareGroupOffsetsRequest as decode, encodeAlterShareGroupOffsetsRequest as encode };
