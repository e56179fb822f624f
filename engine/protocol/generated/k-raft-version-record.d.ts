// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface KRaftVersionRecord {
  /** int16, versions 0+ */
  version: number;
  /** int16, versions 0+ */
  kRaftVersion: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeKRaftVersionRecord(reader: Reader, version: number): KRaftVersionRecord;
export declare function encodeKRaftVersionRecord(writer: Writer, message: Init<KRaftVersionRecord>, version: number): void;
export { decodeKRaftVersionRecord as decode, encodeKRaftVersionRecord as encode };
