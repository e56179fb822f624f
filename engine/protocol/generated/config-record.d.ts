// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 4;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ConfigRecord {
  /** int8, versions 0+ */
  resourceType: number;
  /** string, versions 0+ */
  resourceName: string;
  /** string, versions 0+ */
  name: string;
  /** string, versions 0+, nullable 0+ */
  value: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeConfigRecord(reader: Reader, version: number): ConfigRecord;
export declare function encodeConfigRecord(writer: Writer, message: Init<ConfigRecord>, version: number): void;
export { decodeConfigRecord as decode, encodeConfigRecord as encode };
