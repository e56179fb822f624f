// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 91;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface AlterShareGroupOffsetsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** []AlterShareGroupOffsetsResponseTopic, versions 0+ */
  responses: AlterShareGroupOffsetsResponseTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AlterShareGroupOffsetsResponsePartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AlterShareGroupOffsetsResponseTopic {
  /** string, versions 0+ */
  topicName: string;
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** []AlterShareGroupOffsetsResponsePartition, versions 0+ */
  partitions: AlterShareGroupOffsetsResponsePartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterShareGroupOffsetsResponse(reader: Reader, version: number): AlterShareGroupOffsetsResponse;
export declare function encodeAlterShareGroupOffsetsResponse(writer: Writer, message: Init<AlterShareGroupOffsetsResponse>, version: number): void;
export { decodeAlterShareGroupOffsetsResponse as decode, encodeAlterShareGroupOffsetsResponse as encode };
