// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 22;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface RemoveUserScramCredentialRecord {
  /** string, versions 0+ */
  name: string;
  /** int8, versions 0+ */
  mechanism: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeRemoveUserScramCredentialRecord(reader: Reader, version: number): RemoveUserScramCredentialRecord;
export declare function encodeRemoveUserScramCredentialRecord(writer: Writer, message: Init<RemoveUserScramCredentialRecord>, version: number): void;
export { decodeRemoveUserScramCredentialRecord as decode, encodeRemoveUserScramCredentialRecord as encode };
