// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 92;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DeleteShareGroupOffsetsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** []DeleteShareGroupOffsetsResponseTopic, versions 0+ */
  responses: DeleteShareGroupOffsetsResponseTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeleteShareGroupOffsetsResponseTopic {
  /** string, versions 0+ */
  topicName: string;
  /** uuid, versions 0+ */
  topicId: TopicId;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDeleteShareGroupOffsetsResponse(reader: Reader, version: number): DeleteShareGroupOffsetsResponse;
export declare function encodeDeleteShareGroupOffsetsResponse(writer: Writer, message: Init<DeleteShareGroupOffsetsResponse>, version: number): void;
export { decodeDeleteShareGroupOffsetsResponse as decode, encodeDeleteShareGroupOffsetsResponse as encode };
