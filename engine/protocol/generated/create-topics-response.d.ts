// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 19;
export declare const lowestVersion: 2;
export declare const highestVersion: 7;

export interface CreateTopicsResponse {
  /** int32, versions 2+ */
  throttleTimeMs: number;
  /** []CreatableTopicResult, versions 0+ */
  topics: CreatableTopicResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface CreatableTopicConfigs {
  /** string, versions 5+ */
  name: string;
  /** string, versions 5+, nullable 5+ */
  value: string | null;
  /** bool, versions 5+ */
  readOnly: boolean;
  /** int8, versions 5+, default -1 */
  configSource: number;
  /** bool, versions 5+ */
  isSensitive: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface CreatableTopicResult {
  /** string, versions 0+ */
  name: string;
  /** uuid, versions 7+ */
  topicId: TopicId;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 1+, nullable 0+ */
  errorMessage: string | null;
  /** int16, versions 5+, tag 0 */
  topicConfigErrorCode: number;
  /** int32, versions 5+, default -1 */
  numPartitions: number;
  /** int16, versions 5+, default -1 */
  replicationFactor: number;
  /** []CreatableTopicConfigs, versions 5+, nullable 5+ */
  configs: CreatableTopicConfigs[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeCreateTopicsResponse(reader: Reader, version: number): CreateTopicsResponse;
export declare function encodeCreateTopicsResponse(writer: Writer, message: Init<CreateTopicsResponse>, version: number): void;
export { decodeCreateTopicsResponse as decode, encodeCreateTopicsResponse as encode };
