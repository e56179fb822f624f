// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 21;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ZkMigrationStateRecord {
  /** int8, versions 0+ */
  zkMigrationState: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeZkMigrationStateRecord(reader: Reader, version: number): ZkMigrationStateRecord;
export declare function encodeZkMigrationStateRecord(writer: Writer, message: Init<ZkMigrationStateRecord>, version: number): void;
export { decodeZkMigrationStateRecord as decode, encodeZkMigrationStateRecord as encode };
