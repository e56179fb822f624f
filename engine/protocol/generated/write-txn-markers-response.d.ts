// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 27;
export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface WriteTxnMarkersResponse {
  /** []WritableTxnMarkerResult, versions 0+ */
  markers: WritableTxnMarkerResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface WritableTxnMarkerPartitionResult {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface WritableTxnMarkerTopicResult {
  /** string, versions 0+ */
  name: string;
  /** []WritableTxnMarkerPartitionResult, versions 0+ */
  partitions: WritableTxnMarkerPartitionResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface WritableTxnMarkerResult {
  /** int64, versions 0+ */
  producerId: ProducerId;
  /** []WritableTxnMarkerTopicResult, versions 0+ */
  topics: WritableTxnMarkerTopicResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeWriteTxnMarkersResponse(reader: Reader, version: number): WriteTxnMarkersResponse;
export declare function encodeWriteTxnMarkersResponse(writer: Writer, message: Init<WriteTxnMarkersResponse>, version: number): void;
export { decodeWriteTxnMarkersResponse as decode, encodeWriteTxnMarkersResponse as encode };
