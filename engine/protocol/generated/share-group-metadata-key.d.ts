// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 11;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareGroupMetadataKey {
  /** string, versions 0 */
  groupId: string;
}

export declare function decodeShareGroupMetadataKey(reader: Reader, version: number): ShareGroupMetadataKey;
export declare function encodeShareGroupMetadataKey(writer: Writer, message: Init<ShareGroupMetadataKey>, version: number): void;
export { decodeShareGroupMetadataKey as decode, encodeShareGroupMetadataKey as encode };
