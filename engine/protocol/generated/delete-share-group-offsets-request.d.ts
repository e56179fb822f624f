// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 92;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DeleteShareGroupOffsetsRequest {
  /** string, versions 0+ */
  groupId: string;
  /** []DeleteShareGroupOffsetsRequestTopic, versions 0+ */
  topics: DeleteShareGroupOffsetsRequestTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeleteShareGroupOffsetsRequestTopic {
  /** string, versions 0+ */
  topicName: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDeleteShareGroupOffsetsRequest(reader: Reader, version: number): DeleteShareGroupOffsetsRequest;
export declare function encodeDeleteShareGroupOffsetsRequest(writer: Writer, message: Init<DeleteShareGroupOffsetsRequest>, version: number): void;
export { decodeDeleteShareGroupOffsetsRequest as decode, encodeDeleteShareGroupOffsetsRequest as encode };
