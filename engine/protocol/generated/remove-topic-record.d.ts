// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 9;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface RemoveTopicRecord {
  /** uuid, versions 0+ */
  topicId: TopicId;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeRemoveTopicRecord(reader: Reader, version: number): RemoveTopicRecord;
export declare function encodeRemoveTopicRecord(writer: Writer, message: Init<RemoveTopicRecord>, version: number): void;
export { decodeRemoveTopicRecord as decode, encodeRemoveTopicRecord as encode };
