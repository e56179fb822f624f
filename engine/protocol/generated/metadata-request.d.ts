// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 3;
export declare const lowestVersion: 0;
export declare const highestVersion: 13;

export interface MetadataRequest {
  /** []MetadataRequestTopic, versions 0+, nullable 1+ */
  topics: MetadataRequestTopic[] | null;
  /** bool, versions 4+, default true */
  allowAutoTopicCreation: boolean;
  /** bool, versions 8-10 */
  includeClusterAuthorizedOperations: boolean;
  /** bool, versions 8+ */
  includeTopicAuthorizedOperations: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface MetadataRequestTopic {
  /** uuid, versions 10+ */
  topicId: TopicId;
  /** string, versions 0+, nullable 10+ */
  name: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeMetadataRequest(reader: Reader, version: number): MetadataRequest;
export declare function encodeMetadataRequest(writer: Writer, message: Init<MetadataRequest>, version: number): void;
export { decodeMetadataRequest as decode, encodeMetadataRequest as encode };
