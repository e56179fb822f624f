// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 12;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface FeatureLevelRecord {
  /** string, versions 0+ */
  name: string;
  /** int16, versions 0+ */
  featureLevel: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeFeatureLevelRecord(reader: Reader, version: number): FeatureLevelRecord;
export declare function encodeFeatureLevelRecord(writer: Writer, message: Init<FeatureLevelRecord>, version: number): void;
export { decodeFeatureLevelRecord as decode, encodeFeatureLevelRecord as encode };
