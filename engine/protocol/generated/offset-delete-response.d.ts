// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 47;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface OffsetDeleteResponse {
  /** int16, versions 0+ */
  errorCode: number;
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []OffsetDeleteResponseTopic, versions 0+ */
  topics: OffsetDeleteResponseTopic[];
}

export interface OffsetDeleteResponsePartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
}

export interface OffsetDeleteResponseTopic {
  /** string, versions 0+ */
  name: string;
  /** []OffsetDeleteResponsePartition, versions 0+ */
  partitions: OffsetDeleteResponsePartition[];
}

export declare function decodeOffsetDeleteResponse(reader: Reader, version: number): OffsetDeleteResponse;
export declare function encodeOffsetDeleteResponse(writer: Writer, message: Init<OffsetDeleteResponse>, version: number): void;
export { decodeOffsetDeleteResponse as decode, encodeOffsetDeleteResponse as encode };
