// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 10;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DelegationTokenRecord {
  /** string, versions 0+ */
  owner: string;
  /** string, versions 0+ */
  requester: string;
  /** []string, versions 0+ */
  renewers: string[];
  /** int64, versions 0+ */
  issueTimestamp: bigint;
  /** int64, versions 0+ */
  maxTimestamp: bigint;
  /** int64, versions 0+ */
  expirationTimestamp: bigint;
  /** string, versions 0+ */
  tokenId: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDelegationTokenRecord(reader: Reader, version: number): DelegationTokenRecord;
export declare function encodeDelegationTokenRecord(writer: Writer, message: Init<DelegationTokenRecord>, version: number): void;
export { decodeDelegationTokenRecord as decode, encodeDelegationTokenRecord as encode };
