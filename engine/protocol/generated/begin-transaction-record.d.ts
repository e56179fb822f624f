// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 23;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface BeginTransactionRecord {
  /** string, versions 0+, nullable 0+, tag 0, default null */
  name: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeBeginTransactionRecord(reader: Reader, version: number): BeginTransactionRecord;
export declare function encodeBeginTransactionRecord(writer: Writer, message: Init<BeginTransactionRecord>, version: number): void;
export { decodeBeginTransactionRecord as decode, encodeBeginTransactionRecord as encode };
