// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 27;
export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface WriteTxnMarkersRequest {
  /** []WritableTxnMarker, versions 0+ */
  markers: WritableTxnMarker[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface WritableTxnMarkerTopic {
  /** string, versions 0+ */
  name: string;
  /** []int32, versions 0+ */
  partitionIndexes: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface WritableTxnMarker {
  /** int64, versions 0+ */
  producerId: ProducerId;
  /** int16, versions 0+ */
  producerEpoch: number;
  /** bool, versions 0+ */
  transactionResult: boolean;
  /** []WritableTxnMarkerTopic, versions 0+ */
  topics: WritableTxnMarkerTopic[];
  /** int32, versions 0+ */
  coordinatorEpoch: number;
  /** int8, versions 2+, default 0 */
  transactionVersion: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeWriteTxnMarkersRequest(reader: Reader, version: number): WriteTxnMarkersRequest;
export declare function encodeWriteTxnMarkersRequest(writer: Writer, message: Init<WriteTxnMarkersRequest>, version: number): void;
export { decodeWriteTxnMarkersRequest as decode, encodeWriteTxnMarkersRequest as encode };
