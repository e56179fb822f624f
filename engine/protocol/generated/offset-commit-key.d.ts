// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 1;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface OffsetCommitKey {
  /** string, versions 0 */
  group: string;
  /** string, versions 0 */
  topic: string;
  /** int32, versions 0 */
  partition: number;
}

export declare function decodeOffsetCommitKey(reader: Reader, version: number): OffsetCommitKey;
export declare function encodeOffsetCommitKey(writer: Writer, message: Init<OffsetCommitKey>, version: number): void;
export { decodeOffsetCommitKey as decode, encodeOffsetCommitKey as encode };
