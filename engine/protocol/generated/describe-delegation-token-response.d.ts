// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 41;
export declare const lowestVersion: 1;
export declare const highestVersion: 3;

export interface DescribeDelegationTokenResponse {
  /** int16, versions 0+ */
  errorCode: number;
  /** []DescribedDelegationToken, versions 0+ */
  tokens: DescribedDelegationToken[];
  /** int32, versions 0+ */
  throttleTimeMs: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribedDelegationTokenRenewer {
  /** string, versions 0+ */
  principalType: string;
  /** string, versions 0+ */
  principalName: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribedDelegationToken {
  /** string, versions 0+ */
  principalType: string;
  /** string, versions 0+ */
  principalName: string;
  /** string, versions 3+ */
  tokenRequesterPrincipalType: string;
  /** string, versions 3+ */
  tokenRequesterPrincipalName: string;
  /** int64, versions 0+ */
  issueTimestamp: bigint;
  /** int64, versions 0+ */
  expiryTimestamp: bigint;
  /** int64, versions 0+ */
  maxTimestamp: bigint;
  /** string, versions 0+ */
  tokenId: string;
  /** bytes, versions 0+ */
  hmac: Uint8Array;
  /** []DescribedDelegationTokenRenewer, versions 0+ */
  renewers: DescribedDelegationTokenRenewer[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeDelegationTokenResponse(reader: Reader, version: number): DescribeDelegationTokenResponse;
export declare function encodeDescribeDelegationTokenResponse(writer: Writer, message: Init<DescribeDelegationTokenResponse>, version: number): void;
export { decodeDescribeDelegationTokenResponse as decode, encodeDescribeDelegationTokenResponse as encode };
