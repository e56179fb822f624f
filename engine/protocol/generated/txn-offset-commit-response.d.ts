// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 28;
export declare const lowestVersion: 0;
export declare const highestVersion: 5;

export interface TxnOffsetCommitResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []TxnOffsetCommitResponseTopic, versions 0+ */
  topics: TxnOffsetCommitResponseTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TxnOffsetCommitResponsePartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TxnOffsetCommitResponseTopic {
  /** string, versions 0+ */
  name: string;
  /** []TxnOffsetCommitResponsePartition, versions 0+ */
  partitions: TxnOffsetCommitResponsePartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeTxnOffsetCommitResponse(reader: Reader, version: number): TxnOffsetCommitResponse;
export declare function encodeTxnOffsetCommitResponse(writer: Writer, message: Init<TxnOffsetCommitResponse>, version: number): void;
export { decodeTxnOffsetCommitResponse as decode, encodeTxnOffsetCommitResponse as encode };
