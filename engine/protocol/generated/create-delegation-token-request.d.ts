// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 38;
export declare const lowestVersion: 1;
export declare const highestVersion: 3;

export interface CreateDelegationTokenRequest {
  /** string, versions 3+, nullable 3+ */
  ownerPrincipalType: string | null;
  /** string, versions 3+, nullable 3+ */
  ownerPrincipalName: string | null;
  /** []CreatableRenewers, versions 0+ */
  renewers: CreatableRenewers[];
  /** int64, versions 0+ */
  maxLifetimeMs: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface CreatableRenewers {
  /** string, versions 0+ */
  principalType: string;
  /** string, versions 0+ */
  principalName: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeCreateDelegationTokenRequest(reader: Reader, version: number): CreateDelegationTokenRequest;
export declare function encodeCreateDelegationTokenRequest(writer: Writer, message: Init<CreateDelegationTokenRequest>, version: number): void;
export { decodeCreateDelegationTokenRequest as decode, encodeCreateDelegationTokenRequest as encode };
