// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 20;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface NoOpRecord {
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeNoOpRecord(reader: Reader, version: number): NoOpRecord;
export declare function encodeNoOpRecord(writer: Writer, message: Init<NoOpRecord>, version: number): void;
export { decodeNoOpRecord as decode, encodeNoOpRecord as encode };
