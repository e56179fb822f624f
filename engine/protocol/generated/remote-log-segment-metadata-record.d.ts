// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId, Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 0;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface RemoteLogSegmentMetadataRecord {
  /** RemoteLogSegmentIdEntry, versions 0+ */
  remoteLogSegmentId: RemoteLogSegmentIdEntry;
  /** int64, versions 0+ */
  startOffset: bigint;
  /** int64, versions 0+ */
  endOffset: bigint;
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** int64, versions 0+ */
  maxTimestampMs: bigint;
  /** int64, versions 0+ */
  eventTimestampMs: bigint;
  /** []SegmentLeaderEpochEntry, versions 0+ */
  segmentLeaderEpochs: SegmentLeaderEpochEntry[];
  /** int32, versions 0+ */
  segmentSizeInBytes: number;
  /** bytes, versions 0+, nullable 0+, default null */
  customMetadata: Uint8Array | null;
  /** int8, versions 0+ */
  remoteLogSegmentState: number;
  /** bool, versions 0+, tag 0 */
  txnIndexEmpty: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicIdPartitionEntry {
  /** string, versions 0+ */
  name: string;
  /** uuid, versions 0+ */
  id: Uuid;
  /** int32, versions 0+ */
  partition: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface RemoteLogSegmentIdEntry {
  /** TopicIdPartitionEntry, versions 0+ */
  topicIdPartition: TopicIdPartitionEntry;
  /** uuid, versions 0+ */
  id: Uuid;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface SegmentLeaderEpochEntry {
  /** int32, versions 0+ */
  leaderEpoch: LeaderEpoch;
  /** int64, versions 0+ */
  offset: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeRemoteLogSegmentMetadataRecord(reader: Reader, version: number): RemoteLogSegmentMetadataRecord;
export declare function encodeRemoteLogSegmentMetadataRecord(writer: Writer, message: Init<RemoteLogSegmentMetadataRecord>, version: number): void;
export { decodeRemoteLogSegmentMetadataRecord as decode, encodeRemoteLogSegmentMetadataRecord as encode };
