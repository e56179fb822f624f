// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 8;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface UnfenceBrokerRecord {
  /** int32, versions 0+ */
  id: number;
  /** int64, versions 0+ */
  epoch: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeUnfenceBrokerRecord(reader: Reader, version: number): UnfenceBrokerRecord;
export declare function encodeUnfenceBrokerRecord(writer: Writer, message: Init<UnfenceBrokerRecord>, version: number): void;
export { decodeUnfenceBrokerRecord as decode, encodeUnfenceBrokerRecord as encode };
