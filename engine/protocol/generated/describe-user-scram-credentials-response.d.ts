// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 50;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface DescribeUserScramCredentialsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** []DescribeUserScramCredentialsResult, versions 0+ */
  results: DescribeUserScramCredentialsResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface CredentialInfo {
  /** int8, versions 0+ */
  mechanism: number;
  /** int32, versions 0+ */
  iterations: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribeUserScramCredentialsResult {
  /** string, versions 0+ */
  user: string;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  /** []CredentialInfo, versions 0+ */
  credentialInfos: CredentialInfo[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeDescribeUserScramCredentialsResponse(reader: Reader, version: number): DescribeUserScramCredentialsResponse;
export declare function encodeDescribeUserScramCredentialsResponse(writer: Writer, message: Init<DescribeUserScramCredentialsResponse>, version: number): void;
export { decodeDescribeUserScramCredentialsResponse as decode, encodeDescribeUserScramCredentialsResponse as encode };
