// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { LeaderEpoch, NodeId } from '../../base/brands.ts';
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 2;
export declare const lowestVersion: 1;
export declare const highestVersion: 11;

export interface ListOffsetsRequest {
  /** int32, versions 0+ */
  replicaId: NodeId;
  /** int8, versions 2+ */
  isolationLevel: number;
  /** []ListOffsetsTopic, versions 0+ */
  topics: ListOffsetsTopic[];
  /** int32, versions 10+ */
  timeoutMs: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ListOffsetsPartition {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int32, versions 4+, default -1 */
  currentLeaderEpoch: LeaderEpoch;
  /** int64, versions 0+ */
  timestamp: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface ListOffsetsTopic {
  /** string, versions 0+ */
  name: string;
  /** []ListOffsetsPartition, versions 0+ */
  partitions: ListOffsetsPartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeListOffsetsRequest(reader: Reader, version: number): ListOffsetsRequest;
export declare function encodeListOffsetsRequest(writer: Writer, message: Init<ListOffsetsRequest>, version: number): void;
export { decodeListOffsetsRequest as decode, encodeListOffsetsRequest as encode };
