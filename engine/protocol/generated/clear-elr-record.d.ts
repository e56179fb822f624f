// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 28;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ClearElrRecord {
  /** string, versions 0+ */
  topicName: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeClearElrRecord(reader: Reader, version: number): ClearElrRecord;
export declare function encodeClearElrRecord(writer: Writer, message: Init<ClearElrRecord>, version: number): void;
export { decodeClearElrRecord as decode, encodeClearElrRecord as encode };
