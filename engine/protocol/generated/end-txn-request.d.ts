// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 26;
export declare const lowestVersion: 0;
export declare const highestVersion: 5;

export interface EndTxnRequest {
  /** string, versions 0+ */
  transactionalId: string;
  /** int64, versions 0+ */
  producerId: ProducerId;
  /** int16, versions 0+ */
  producerEpoch: number;
  /** bool, versions 0+ */
  committed: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeEndTxnRequest(reader: Reader, version: number): EndTxnRequest;
export declare function encodeEndTxnRequest(writer: Writer, message: Init<EndTxnRequest>, version: number): void;
export { decodeEndTxnRequest as decode, encodeEndTxnRequest as encode };
