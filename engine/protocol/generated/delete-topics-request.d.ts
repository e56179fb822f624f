// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 20;
export declare const lowestVersion: 1;
export declare const highestVersion: 6;

export interface DeleteTopicsRequest {
  /** []DeleteTopicState, versions 6+ */
  topics: DeleteTopicState[];
  /** []string, versions 0-5 */
  topicNames: string[];
  /** int32, versions 0+ */
  timeoutMs: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DeleteTopicState {
  /** string, versions 6+, nullable 6+, default null */
  name: string | null;
  /** uuid, versions 6+ */
  topicId: TopicId;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDeleteTopicsRequest(reader: Reader, version: number): DeleteTopicsRequest;
export declare function encodeDeleteTopicsRequest(writer: Writer, message: Init<DeleteTopicsRequest>, version: number): void;
export { decodeDeleteTopicsRequest as decode, encodeDeleteTopicsRequest as encode };
