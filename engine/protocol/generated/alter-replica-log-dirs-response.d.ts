// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 34;
export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface AlterReplicaLogDirsResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []AlterReplicaLogDirTopicResult, versions 0+ */
  results: AlterReplicaLogDirTopicResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AlterReplicaLogDirPartitionResult {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** int16, versions 0+ */
  errorCode: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AlterReplicaLogDirTopicResult {
  /** string, versions 0+ */
  topicName: string;
  /** []AlterReplicaLogDirPartitionResult, versions 0+ */
  partitions: AlterReplicaLogDirPartitionResult[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterReplicaLogDirsResponse(reader: Reader, version: number): AlterReplicaLogDirsResponse;
export declare function encodeAlterReplicaLogDirsResponse(writer: Writer, message: Init<AlterReplicaLogDirsResponse>, version: number): void;
export { decodeAlterReplicaLogDirsResponse as decode, encodeAlterReplicaLogDirsResponse as encode };
