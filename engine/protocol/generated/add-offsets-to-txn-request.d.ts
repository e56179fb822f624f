// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 25;
export declare const lowestVersion: 0;
export declare const highestVersion: 4;

export interface AddOffsetsToTxnRequest {
  /** string, versions 0+ */
  transactionalId: string;
  /** int64, versions 0+ */
  producerId: ProducerId;
  /** int16, versions 0+ */
  producerEpoch: number;
  /** string, versions 0+ */
  groupId: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAddOffsetsToTxnRequest(reader: Reader, version: number): AddOffsetsToTxnRequest;
export declare function encodeAddOffsetsToTxnRequest(writer: Writer, message: Init<AddOffsetsToTxnRequest>, version: number): void;
export { decodeAddOffsetsToTxnRequest as decode, encodeAddOffsetsToTxnRequest as encode };
