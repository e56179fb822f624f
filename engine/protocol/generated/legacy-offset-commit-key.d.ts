// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 0;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface LegacyOffsetCommitKey {
  /** string, versions 0 */
  group: string;
  /** string, versions 0 */
  topic: string;
  /** int32, versions 0 */
  partition: number;
}

export declare function decodeLegacyOffsetCommitKey(reader: Reader, version: number): LegacyOffsetCommitKey;
export declare function encodeLegacyOffsetCommitKey(writer: Writer, message: Init<LegacyOffsetCommitKey>, version: number): void;
export { decodeLegacyOffsetCommitKey as decode, encodeLegacyOffsetCommitKey as encode };
