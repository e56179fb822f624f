// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 38;
export declare const lowestVersion: 1;
export declare const highestVersion: 3;

export interface CreateDelegationTokenResponse {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+ */
  principalType: string;
  /** string, versions 0+ */
  principalName: string;
  /** string, versions 3+ */
  tokenRequesterPrincipalType: string;
  /** string, versions 3+ */
  tokenRequesterPrincipalName: string;
  /** int64, versions 0+ */
  issueTimestampMs: bigint;
  /** int64, versions 0+ */
  expiryTimestampMs: bigint;
  /** int64, versions 0+ */
  maxTimestampMs: bigint;
  /** string, versions 0+ */
  tokenId: string;
  /** bytes, versions 0+ */
  hmac: Uint8Array;
  /** int32, versions 0+ */
  throttleTimeMs: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeCreateDelegationTokenResponse(reader: Reader, version: number): CreateDelegationTokenResponse;
export declare function encodeCreateDelegationTokenResponse(writer: Writer, message: Init<CreateDelegationTokenResponse>, version: number): void;
export { decodeCreateDelegationTokenResponse as decode, encodeCreateDelegationTokenResponse as encode };
