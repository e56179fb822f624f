// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 40;
export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface ExpireDelegationTokenResponse {
  /** int16, versions 0+ */
  errorCode: number;
  /** int64, versions 0+ */
  expiryTimestampMs: bigint;
  /** int32, versions 0+ */
  throttleTimeMs: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeExpireDelegationTokenResponse(reader: Reader, version: number): ExpireDelegationTokenResponse;
export declare function encodeExpireDelegationTokenResponse(writer: Writer, message: Init<ExpireDelegationTokenResponse>, version: number): void;
export { decodeExpireDelegationTokenResponse as decode, encodeExpireDelegationTokenResponse as encode };
