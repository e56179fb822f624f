// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 41;
export declare const lowestVersion: 1;
export declare const highestVersion: 3;

export interface DescribeDelegationTokenRequest {
  /** []DescribeDelegationTokenOwner, versions 0+, nullable 0+ */
  owners: DescribeDelegationTokenOwner[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeDelegationTokenOwner {
  /** string, versions 0+ */
  principalType: string;
  /** string, versions 0+ */
  principalName: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeDelegationTokenRequest(reader: Reader, version: number): DescribeDelegationTokenRequest;
export declare function encodeDescribeDelegationTokenRequest(writer: Writer, message: Init<DescribeDelegationTokenRequest>, version: number): void;
export { decodeDescribeDelegationTokenRequest as decode, encodeDescribeDelegationTokenRequest as encode };
