// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 18;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface AccessControlEntryRecord {
  /** uuid, versions 0+ */
  id: Uuid;
  /** int8, versions 0+ */
  resourceType: number;
  /** string, versions 0+ */
  resourceName: string;
  /** int8, versions 0+ */
  patternType: number;
  /** string, versions 0+ */
  principal: string;
  /** string, versions 0+ */
  host: string;
  /** int8, versions 0+ */
  operation: number;
  /** int8, versions 0+ */
  permissionType: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAccessControlEntryRecord(reader: Reader, version: number): AccessControlEntryRecord;
export declare function encodeAccessControlEntryRecord(writer: Writer, message: Init<AccessControlEntryRecord>, version: number): void;
export { decodeAccessControlEntryRecord as decode, encodeAccessControlEntryRecord as encode };
