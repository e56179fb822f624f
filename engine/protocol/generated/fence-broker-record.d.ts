// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 7;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface FenceBrokerRecord {
  /** int32, versions 0+ */
  id: number;
  /** int64, versions 0+ */
  epoch: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeFenceBrokerRecord(reader: Reader, version: number): FenceBrokerRecord;
export declare function encodeFenceBrokerRecord(writer: Writer, message: Init<FenceBrokerRecord>, version: number): void;
export { decodeFenceBrokerRecord as decode, encodeFenceBrokerRecord as encode };
