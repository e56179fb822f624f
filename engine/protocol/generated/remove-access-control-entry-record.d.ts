// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 19;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface RemoveAccessControlEntryRecord {
  /** uuid, versions 0+ */
  id: Uuid;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeRemoveAccessControlEntryRecord(reader: Reader, version: number): RemoveAccessControlEntryRecord;
export declare function encodeRemoveAccessControlEntryRecord(writer: Writer, message: Init<RemoveAccessControlEntryRecord>, version: number): void;
export { decodeRemoveAccessControlEntryRecord as decode, encodeRemoveAccessControlEntryRecord as encode };
