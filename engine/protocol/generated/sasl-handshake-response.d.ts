// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 17;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface SaslHandshakeResponse {
  /** int16, versions 0+ */
  errorCode: number;
  /** []string, versions 0+ */
  mechanisms: string[];
}

export declare function decodeSaslHandshakeResponse(reader: Reader, version: number): SaslHandshakeResponse;
export declare function encodeSaslHandshakeResponse(writer: Writer, message: Init<SaslHandshakeResponse>, version: number): void;
export { decodeSaslHandshakeResponse as decode, encodeSaslHandshakeResponse as encode };
