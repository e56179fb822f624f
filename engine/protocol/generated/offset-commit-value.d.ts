// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, TopicId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 1;
export declare const lowestVersion: 0;
export declare const highestVersion: 4;

export interface OffsetCommitValue {
  /** int64, versions 0+ */
  offset: bigint;
  /** int32, versions 3+, default -1 */
  leaderEpoch: LeaderEpoch;
  /** string, versions 0+ */
  metadata: string;
  /** int64, versions 0+ */
  commitTimestamp: bigint;
  /** int64, versions 1, default -1 */
  expireTimestamp: bigint;
  /** uuid, versions 4+, tag 0 */
  topicId: TopicId;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeOffsetCommitValue(reader: Reader, version: number): OffsetCommitValue;
export declare function encodeOffsetCommitValue(writer: Writer, message: Init<OffsetCommitValue>, version: number): void;
export { decodeOffsetCommitValue as decode, encodeOffsetCommitValue as encode };
