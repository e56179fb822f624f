// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 19;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupMemberMetadataKey {
  /** string, versions 0 */
  groupId: string;
  /** string, versions 0 */
  memberId: string;
}

export declare function decodeStreamsGroupMemberMetadataKey(reader: Reader, version: number): StreamsGroupMemberMetadataKey;
export declare function encodeStreamsGroupMemberMetadataKey(writer: Writer, message: Init<StreamsGroupMemberMetadataKey>, version: number): void;
export { decodeStreamsGroupMemberMetadataKey as decode, encodeStreamsGroupMemberMetadataKey as encode };
