// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 25;
export declare const lowestVersion: 0;
export declare const highestVersion: 4;

export interface AddOffsetsToTxnResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAddOffsetsToTxnResponse(reader: Reader, version: number): AddOffsetsToTxnResponse;
export declare function encodeAddOffsetsToTxnResponse(writer: Writer, message: Init<AddOffsetsToTxnResponse>, version: number): void;
export { decodeAddOffsetsToTxnResponse as decode, encodeAddOffsetsToTxnResponse as encode };
