// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 2;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface GroupMetadataKey {
  /** string, versions 0 */
  group: string;
}

export declare function decodeGroupMetadataKey(reader: Reader, version: number): GroupMetadataKey;
export declare function encodeGroupMetadataKey(writer: Writer, message: Init<GroupMetadataKey>, version: number): void;
export { decodeGroupMetadataKey as decode, encodeGroupMetadataKey as encode };
