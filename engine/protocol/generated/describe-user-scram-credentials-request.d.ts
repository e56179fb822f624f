// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 50;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DescribeUserScramCredentialsRequest {
  /** []UserName, versions 0+, nullable 0+ */
  users: UserName[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface UserName {
  /** string, versions 0+ */
  name: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeUserScramCredentialsRequest(reader: Reader, version: number): DescribeUserScramCredentialsRequest;
export declare function encodeDescribeUserScramCredentialsRequest(writer: Writer, message: Init<DescribeUserScramCredentialsRequest>, version: number): void;
export { decodeDescribeUserScramCredentialsRequest as decode, encodeDescribeUserScramCredentialsRequest as encode };
