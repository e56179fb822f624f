// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 24;
export declare const lowestVersion: 0;
export declare const highestVersion: 5;

export interface AddPartitionsToTxnResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 4+ */
  errorCode: number;
  /** []AddPartitionsToTxnResult, versions 4+ */
  resultsByTransaction: AddPartitionsToTxnResult[];
  /** []AddPartitionsToTxnTopicResult, versions 0-3 */
  resultsByTopicV3AndBelow: AddPartitionsToTxnTopicResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AddPartitionsToTxnResult {
  /** string, versions 4+ */
  transactionalId: string;
  /** []AddPartitionsToTxnTopicResult, versions 4+ */
  topicResults: AddPartitionsToTxnTopicResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AddPartitionsToTxnTopicResult {
  /** string, versions 0+ */
  name: string;
  /** []AddPartitionsToTxnPartitionResult, versions 0+ */
  resultsByPartition: AddPartitionsToTxnPartitionResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AddPartitionsToTxnPartitionResult {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  partitionErrorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAddPartitionsToTxnResponse(reader: Reader, version: number): AddPartitionsToTxnResponse;
export declare function encodeAddPartitionsToTxnResponse(writer: Writer, message: Init<AddPartitionsToTxnResponse>, version: number): void;
export { decodeAddPartitionsToTxnResponse as decode, encodeAddPartitionsToTxnResponse as encode };
