// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 11;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface UserScramCredentialRecord {
  /** string, versions 0+ */
  name: string;
  /** int8, versions 0+ */
  mechanism: number;
  /** bytes, versions 0+ */
  salt: Uint8Array;
  /** bytes, versions 0+ */
  storedKey: Uint8Array;
  /** bytes, versions 0+ */
  serverKey: Uint8Array;
  /** int32, versions 0+ */
  iterations: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeUserScramCredentialRecord(reader: Reader, version: number): UserScramCredentialRecord;
export declare function encodeUserScramCredentialRecord(writer: Writer, message: Init<UserScramCredentialRecord>, version: number): void;
export { decodeUserScramCredentialRecord as decode, encodeUserScramCredentialRecord as encode };
