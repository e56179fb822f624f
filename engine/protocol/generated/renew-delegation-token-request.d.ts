// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 39;
export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface RenewDelegationTokenRequest {
  /** bytes, versions 0+ */
  hmac: Uint8Array;
  /** int64, versions 0+ */
  renewPeriodMs: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeRenewDelegationTokenRequest(reader: Reader, version: number): RenewDelegationTokenRequest;
export declare function encodeRenewDelegationTokenRequest(writer: Writer, message: Init<RenewDelegationTokenRequest>, version: number): void;
export { decodeRenewDelegationTokenRequest as decode, encodeRenewDelegationTokenRequest as encode };
