// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 58;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface EnvelopeRequest {
  /** bytes, versions 0+ */
  requestData: Uint8Array;
  /** bytes, versions 0+, nullable 0+ */
  requestPrincipal: Uint8Array | null;
  /** bytes, versions 0+ */
  clientHostAddress: Uint8Array;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeEnvelopeRequest(reader: Reader, version: number): EnvelopeRequest;
export declare function encodeEnvelopeRequest(writer: Writer, message: Init<EnvelopeRequest>, version: number): void;
export { decodeEnvelopeRequest as decode, encodeEnvelopeRequest as encode };
