// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 15;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareGroupStatePartitionMetadataKey {
  /** string, versions 0 */
  groupId: string;
}

export declare function decodeShareGroupStatePartitionMetadataKey(reader: Reader, version: number): ShareGroupStatePartitionMetadataKey;
export declare function encodeShareGroupStatePartitionMetadataKey(writer: Writer, message: Init<ShareGroupStatePartitionMetadataKey>, version: number): void;
export { decodeShareGroupStatePartitionMetadataKey as decode, encodeShareGroupStatePartitionMetadataKey as encode };
