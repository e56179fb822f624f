// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 2;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface TopicRecord {
  /** string, versions 0+ */
  name: string;
  /** uuid, versions 0+ */
  topicId: TopicId;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeTopicRecord(reader: Reader, version: number): TopicRecord;
export declare function encodeTopicRecord(writer: Writer, message: Init<TopicRecord>, version: number): void;
export { decodeTopicRecord as decode, encodeTopicRecord as encode };
