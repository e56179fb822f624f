// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 25;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface AbortTransactionRecord {
  /** string, versions 0+, nullable 0+, tag 0, default null */
  reason: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAbortTransactionRecord(reader: Reader, version: number): AbortTransactionRecord;
export declare function encodeAbortTransactionRecord(writer: Writer, message: Init<AbortTransactionRecord>, version: number): void;
export { decodeAbortTransactionRecord as decode, encodeAbortTransactionRecord as encode };
