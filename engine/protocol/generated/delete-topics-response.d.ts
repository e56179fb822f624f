// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 20;
export declare const lowestVersion: 1;
export declare const highestVersion: 6;

export interface DeleteTopicsResponse {
  /** int32, versions 1+ */
  throttleTimeMs: number;
  /** []DeletableTopicResult, versions 0+ */
  responses: DeletableTopicResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeletableTopicResult {
  /** string, versions 0+, nullable 6+ */
  name: string | null;
  /** uuid, versions 6+ */
  topicId: TopicId;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 5+, nullable 5+, default null */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDeleteTopicsResponse(reader: Reader, version: number): DeleteTopicsResponse;
export declare function encodeDeleteTopicsResponse(writer: Writer, message: Init<DeleteTopicsResponse>, version: number): void;
export { decodeDeleteTopicsResponse as decode, encodeDeleteTopicsResponse as encode };
