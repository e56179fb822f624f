// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 10;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareGroupMemberMetadataKey {
  /** string, versions 0 */
  groupId: string;
  /** string, versions 0 */
  memberId: string;
}

export declare function decodeShareGroupMemberMetadataKey(reader: Reader, version: number): ShareGroupMemberMetadataKey;
export declare function encodeShareGroupMemberMetadataKey(writer: Writer, message: Init<ShareGroupMemberMetadataKey>, version: number): void;
export { decodeShareGroupMemberMetadataKey as decode, encodeShareGroupMemberMetadataKey as encode };
