// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ControlRecordTypeSchema {
  /** int16, versions 0+ */
  type: number;
}

export declare function decodeControlRecordTypeSchema(reader: Reader, version: number): ControlRecordTypeSchema;
export declare function encodeControlRecordTypeSchema(writer: Writer, message: Init<ControlRecordTypeSchema>, version: number): void;
export { decodeControlRecordTypeSchema as decode, encodeControlRecordTypeSchema as encode };
