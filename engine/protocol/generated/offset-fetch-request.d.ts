// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 9;
export declare const lowestVersion: 1;
export declare const highestVersion: 10;

export interface OffsetFetchRequest {
  /** string, versions 0-7 */
  groupId: string;
  /** []OffsetFetchRequestTopic, versions 0-7, nullable 2-7 */
  topics: OffsetFetchRequestTopic[] | null;
  /** []OffsetFetchRequestGroup, versions 8+ */
  groups: OffsetFetchRequestGroup[];
  /** bool, versions 7+, default false */
  requireStable: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetFetchRequestTopic {
  /** string, versions 0-7 */
  name: string;
  /** []int32, versions 0-7 */
  partitionIndexes: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetFetchRequestTopics {
  /** string, versions 8-9 */
  name: string;
  /** uuid, versions 10+ */
  topicId: TopicId;
  /** []int32, versions 8+ */
  partitionIndexes: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetFetchRequestGroup {
  /** string, versions 8+ */
  groupId: string;
  /** string, versions 9+, nullable 9+, default null */
  memberId: string | null;
  /** int32, versions 9+, default -1 */
  memberEpoch: number;
  /** []OffsetFetchRequestTopics, versions 8+, nullable 8+ */
  topics: OffsetFetchRequestTopics[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeOffsetFetchRequest(reader: Reader, version: number): OffsetFetchRequest;
export declare function encodeOffsetFetchRequest(writer: Writer, message: Init<OffsetFetchRequest>, version: number): void;
export { decodeOffsetFetchRequest as decode, encodeOffsetFetchRequest as encode };
