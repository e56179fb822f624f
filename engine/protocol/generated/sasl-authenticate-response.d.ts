// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 36;
export declare const lowestVersion: 0;
export declare const highestVersion: 2;

export interface SaslAuthenticateResponse {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** bytes, versions 0+ */
  authBytes: Uint8Array;
  /** int64, versions 1+, default 0 */
  sessionLifetimeMs: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeSaslAuthenticateResponse(reader: Reader, version: number): SaslAuthenticateResponse;
export declare function encodeSaslAuthenticateResponse(writer: Writer, message: Init<SaslAuthenticateResponse>, version: number): void;
export { decodeSaslAuthenticateResponse as decode, encodeSaslAuthenticateResponse as encode };
