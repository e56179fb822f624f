// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 51;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface AlterUserScramCredentialsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []AlterUserScramCredentialsResult, versions 0+ */
  results: AlterUserScramCredentialsResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AlterUserScramCredentialsResult {
  /** string, versions 0+ */
  user: string;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+ */
  errorMessage: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterUserScramCredentialsResponse(reader: Reader, version: number): AlterUserScramCredentialsResponse;
export declare function encodeAlterUserScramCredentialsResponse(writer: Writer, message: Init<AlterUserScramCredentialsResponse>, version: number): void;
export { decodeAlterUserScramCredentialsResponse as decode, encodeAlterUserScramCredentialsResponse as encode };
