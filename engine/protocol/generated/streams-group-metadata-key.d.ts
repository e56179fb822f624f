// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 17;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupMetadataKey {
  /** string, versions 0 */
  groupId: string;
}

export declare function decodeStreamsGroupMetadataKey(reader: Reader, version: number): StreamsGroupMetadataKey;
export declare function encodeStreamsGroupMetadataKey(writer: Writer, message: Init<StreamsGroupMetadataKey>, version: number): void;
export { decodeStreamsGroupMetadataKey as decode, encodeStreamsGroupMetadataKey as encode };
