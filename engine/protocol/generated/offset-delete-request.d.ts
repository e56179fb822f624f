// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 47;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface OffsetDeleteRequest {
  /** string, versions 0+ */
  groupId: string;
  /** []OffsetDeleteRequestTopic, versions 0+ */
  topics: OffsetDeleteRequestTopic[];
}

export interface OffsetDeleteRequestPartition {
  /** int32, versions 0+ */
  partitionIndex: number;
}

export interface OffsetDeleteRequestTopic {
  /** string, versions 0+ */
  name: string;
  /** []OffsetDeleteRequestPartition, versions 0+ */
  partitions: OffsetDeleteRequestPartition[];
}

export declare function decodeOffsetDeleteRequest(reader: Reader, version: number): OffsetDeleteRequest;
export declare function encodeOffsetDeleteRequest(writer: Writer, message: Init<OffsetDeleteRequest>, version: number): void;
export { decodeOffsetDeleteRequest as decode, encodeOffsetDeleteRequest as encode };
