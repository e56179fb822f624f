// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId, Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 1;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface RemoteLogSegmentMetadataUpdateRecord {
  /** RemoteLogSegmentIdEntry, versions 0+ */
  remoteLogSegmentId: RemoteLogSegmentIdEntry;
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** int64, versions 0+ */
  eventTimestampMs: bigint;
  /** bytes, versions 0+, nullable 0+, default null */
  customMetadata: Uint8Array | null;
  /** int8, versions 0+ */
  remoteLogSegmentState: number;
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

export declare function decodeRemoteLogSegmentMetadataUpdateRecord(reader: Reader, version: number): RemoteLogSegmentMetadataUpdateRecord;
export declare function encodeRemoteLogSegmentMetadataUpdateRecord(writer: Writer, message: Init<RemoteLogSegmentMetadataUpdateRecord>, version: number): void;
export { decodeRemoteLogSegmentMetadataUpdateRecord as decode, encodeRemoteLogSegmentMetadataUpdateRecord as encode };
