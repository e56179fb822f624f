// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 0;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface LegacyOffsetCommitValue {
  /** int64, versions 0 */
  offset: bigint;
  /** string, versions 0 */
  metadata: string;
  /** int64, versions 0 */
  commitTimestamp: bigint;
}

export declare function decodeLegacyOffsetCommitValue(reader: Reader, version: number): LegacyOffsetCommitValue;
export declare function encodeLegacyOffsetCommitValue(writer: Writer, message: Init<LegacyOffsetCommitValue>, version: number): void;
export { decodeLegacyOffsetCommitValue as decode, encodeLegacyOffsetCommitValue as encode };
