// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface SnapshotHeaderRecord {
  /** int16, versions 0+ */
  version: number;
  /** int64, versions 0+ */
  lastContainedLogTimestamp: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeSnapshotHeaderRecord(reader: Reader, version: number): SnapshotHeaderRecord;
export declare function encodeSnapshotHeaderRecord(writer: Writer, message: Init<SnapshotHeaderRecord>, version: number): void;
export { decodeSnapshotHeaderRecord as decode, encodeSnapshotHeaderRecord as encode };
