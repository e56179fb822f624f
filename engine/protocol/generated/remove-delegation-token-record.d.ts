// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 26;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface RemoveDelegationTokenRecord {
  /** string, versions 0+ */
  tokenId: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeRemoveDelegationTokenRecord(reader: Reader, version: number): RemoveDelegationTokenRecord;
export declare function encodeRemoveDelegationTokenRecord(writer: Writer, message: Init<RemoveDelegationTokenRecord>, version: number): void;
export { decodeRemoveDelegationTokenRecord as decode, encodeRemoveDelegationTokenRecord as encode };
