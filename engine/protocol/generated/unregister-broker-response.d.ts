// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 64;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface UnregisterBrokerResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeUnregisterBrokerResponse(reader: Reader, version: number): UnregisterBrokerResponse;
export declare function encodeUnregisterBrokerResponse(writer: Writer, message: Init<UnregisterBrokerResponse>, version: number): void;
export { decodeUnregisterBrokerResponse as decode, encodeUnregisterBrokerResponse as encode };
