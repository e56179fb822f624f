// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 36;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface SaslAuthenticateRequest {
  /** bytes, versions 0+ */
  authBytes: Uint8Array;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeSaslAuthenticateRequest(reader: Reader, version: number): SaslAuthenticateRequest;
export declare function encodeSaslAuthenticateRequest(writer: Writer, message: Init<SaslAuthenticateRequest>, version: number): void;
export { decodeSaslAuthenticateRequest as decode, encodeSaslAuthenticateRequest as encode };
