// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { ProducerId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 26;
export declare const lowestVersion: 0;
export declare const highestVersion: 5;

export interface EndTxnResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** int64, versions 5+, default -1 */
  producerId: ProducerId;
  /** int16, versions 5+, default -1 */
  producerEpoch: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeEndTxnResponse(reader: Reader, version: number): EndTxnResponse;
export declare function encodeEndTxnResponse(writer: Writer, message: Init<EndTxnResponse>, version: number): void;
export { decodeEndTxnResponse as decode, encodeEndTxnResponse as encode };
