// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 39;
export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface RenewDelegationTokenResponse {
  /** int16, versions 0+ */
  errorCode: number;
  /** int64, versions 0+ */
  expiryTimestampMs: bigint;
  /** int32, versions 0+ */
  throttleTimeMs: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeRenewDelegationTokenResponse(reader: Reader, version: number): RenewDelegationTokenResponse;
export declare function encodeRenewDelegationTokenResponse(writer: Writer, message: Init<RenewDelegationTokenResponse>, version: number): void;
export { decodeRenewDelegationTokenResponse as decode, encodeRenewDelegationTokenResponse as encode };
