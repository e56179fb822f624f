// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface SnapshotFooterRecord {
  /** int16, versions 0+ */
  version: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeSnapshotFooterRecord(reader: Reader, version: number): SnapshotFooterRecord;
export declare function encodeSnapshotFooterRecord(writer: Writer, message: Init<SnapshotFooterRecord>, version: number): void;
export { decodeSnapshotFooterRecord as decode, encodeSnapshotFooterRecord as encode };
