// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 23;
export declare const lowestVersion: 2;
export declare const highestVersion: 4;

export interface OffsetForLeaderEpochResponse {
  /** int32, versions 2+ */
  throttleTimeMs: number;
  /** []OffsetForLeaderTopicResult, versions 0+ */
  topics: OffsetForLeaderTopicResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface EpochEndOffset {
  /** int16, versions 0+ */
  errorCode: number;
  /** int32, versions 0+ */
  partition: number;
  /** int32, versions 1+, default -1 */
  leaderEpoch: LeaderEpoch;
  /** int64, versions 0+, default -1 */
  endOffset: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface OffsetForLeaderTopicResult {
  /** string, versions 0+ */
  topic: string;
  /** []EpochEndOffset, versions 0+ */
  partitions: EpochEndOffset[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeOffsetForLeaderEpochResponse(reader: Reader, version: number): OffsetForLeaderEpochResponse;
export declare function encodeOffsetForLeaderEpochResponse(writer: Writer, message: Init<OffsetForLeaderEpochResponse>, version: number): void;
export { decodeOffsetForLeaderEpochResponse as decode, encodeOffsetForLeaderEpochResponse as encode };
