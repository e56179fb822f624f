// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 20;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupTargetAssignmentMetadataKey {
  /** string, versions 0 */
  groupId: string;
}

export declare function decodeStreamsGroupTargetAssignmentMetadataKey(reader: Reader, version: number): StreamsGroupTargetAssignmentMetadataKey;
export declare function encodeStreamsGroupTargetAssignmentMetadataKey(writer: Writer, message: Init<StreamsGroupTargetAssignmentMetadataKey>, version: number): void;
export { decodeStreamsGroupTargetAssignmentMetadataKey as decode, encodeStreamsGroupTargetAssignmentMetadataKey as encode };
