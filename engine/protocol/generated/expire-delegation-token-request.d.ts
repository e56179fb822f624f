// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 40;
export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface ExpireDelegationTokenRequest {
  /** bytes, versions 0+ */
  hmac: Uint8Array;
  /** int64, versions 0+ */
  expiryTimePeriodMs: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeExpireDelegationTokenRequest(reader: Reader, version: number): ExpireDelegationTokenRequest;
export declare function encodeExpireDelegationTokenRequest(writer: Writer, message: Init<ExpireDelegationTokenRequest>, version: number): void;
export { decodeExpireDelegationTokenRequest as decode, encodeExpireDelegationTokenRequest as encode };
