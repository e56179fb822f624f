// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 51;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface AlterUserScramCredentialsRequest {
  /** []ScramCredentialDeletion, versions 0+ */
  deletions: ScramCredentialDeletion[];
  /** []ScramCredentialUpsertion, versions 0+ */
  upsertions: ScramCredentialUpsertion[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ScramCredentialDeletion {
  /** string, versions 0+ */
  name: string;
  /** int8, versions 0+ */
  mechanism: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ScramCredentialUpsertion {
  /** string, versions 0+ */
  name: string;
  /** int8, versions 0+ */
  mechanism: number;
  /** int32, versions 0+ */
  iterations: number;
  /** bytes, versions 0+ */
  salt: Uint8Array;
  /** bytes, versions 0+ */
  saltedPassword: Uint8Array;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterUserScramCredentialsRequest(reader: Reader, version: number): AlterUserScramCredentialsRequest;
export declare function encodeAlterUserScramCredentialsRequest(writer: Writer, message: Init<AlterUserScramCredentialsRequest>, version: number): void;
export { decodeAlterUserScramCredentialsRequest as decode, encodeAlterUserScramCredentialsRequest as encode };
