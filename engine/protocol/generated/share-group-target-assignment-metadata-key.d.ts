// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 12;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareGroupTargetAssignmentMetadataKey {
  /** string, versions 0 */
  groupId: string;
}

export declare function decodeShareGroupTargetAssignmentMetadataKey(reader: Reader, version: number): ShareGroupTargetAssignmentMetadataKey;
export declare function encodeShareGroupTargetAssignmentMetadataKey(writer: Writer, message: Init<ShareGroupTargetAssignmentMetadataKey>, version: number): void;
export { decodeShareGroupTargetAssignmentMetadataKey as decode, encodeShareGroupTargetAssignmentMetadataKey as encode };
