// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 0;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface ShareSnapshotValue {
  /** int32, versions 0+ */
  snapshotEpoch: number;
  /** int32, versions 0+ */
  stateEpoch: number;
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  /** int64, versions 0+ */
  startOffset: bigint;
  /** int32, versions 0+, tag 0, default -1 */
  deliveryCompleteCount: number;
  /** int64, versions 0+ */
  createTimestamp: bigint;
  /** int64, versions 0+ */
  writeTimestamp: bigint;
  /** []StateBatch, versions 0+ */
  stateBatches: StateBatch[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface StateBatch {
  /** int64, versions 0+ */
  firstOffset: bigint;
  /** int64, versions 0+ */
  lastOffset: bigint;
  /** int8, versions 0+ */
  deliveryState: number;
  /** int16, versions 0+ */
  deliveryCount: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeShareSnapshotValue(reader: Reader, version: number): ShareSnapshotValue;
export declare function encodeShareSnapshotValue(writer: Writer, message: Init<ShareSnapshotValue>, version: number): void;
export { decodeShareSnapshotValue as decode, encodeShareSnapshotValue as encode };
