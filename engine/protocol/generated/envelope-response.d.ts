// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 58;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface EnvelopeResponse {
  /** bytes, versions 0+, nullable 0+, default null */
  responseData: Uint8Array | null;
  /** int16, versions 0+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeEnvelopeResponse(reader: Reader, version: number): EnvelopeResponse;
export declare function encodeEnvelopeResponse(writer: Writer, message: Init<EnvelopeResponse>, version: number): void;
export { decodeEnvelopeResponse as decode, encodeEnvelopeResponse as encode };
