// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { NodeId, Uuid } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 2;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface RemotePartitionDeleteMetadataRecord {
  /** TopicIdPartitionEntry, versions 0+ */
  topicIdPartition: TopicIdPartitionEntry;
  /** int32, versions 0+ */
  brokerId: NodeId;
  /** int64, versions 0+ */
  eventTimestampMs: bigint;
  /** int8, versions 0+ */
  remotePartitionDeleteState: number;
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

export declare function decodeRemotePartitionDeleteMetadataRecord(reader: Reader, version: number): RemotePartitionDeleteMetadataRecord;
export declare function encodeRemotePartitionDeleteMetadataRecord(writer: Writer, message: Init<RemotePartitionDeleteMetadataRecord>, version: number): void;
export { decodeRemotePartitionDeleteMetadataRecord as decode, encodeRemotePartitionDeleteMetadataRecord as encode };
