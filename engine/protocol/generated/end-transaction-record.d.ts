// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 24;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface EndTransactionRecord {
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeEndTransactionRecord(reader: Reader, version: number): EndTransactionRecord;
export declare function encodeEndTransactionRecord(writer: Writer, message: Init<EndTransactionRecord>, version: number): void;
export { decodeEndTransactionRecord as decode, encodeEndTransactionRecord as encode };
