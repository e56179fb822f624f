// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 17;
export declare const lowestVersion: 0;
export declare const highestVersion: 1;

export interface SaslHandshakeRequest {
  /** string, versions 0+ */
  mechanism: string;
}

export declare function decodeSaslHandshakeRequest(reader: Reader, version: number): SaslHandshakeRequest;
export declare function encodeSaslHandshakeRequest(writer: Writer, message: Init<SaslHandshakeRequest>, version: number): void;
export { decodeSaslHandshakeRequest as decode, encodeSaslHandshakeRequest as encode };
