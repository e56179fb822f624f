// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 34;
export declare const lowestVersion: 1;
export declare const highestVersion: 2;

export interface AlterReplicaLogDirsRequest {
  /** []AlterReplicaLogDir, versions 0+ */
  dirs: AlterReplicaLogDir[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AlterReplicaLogDirTopic {
  /** string, versions 0+ */
  name: string;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface AlterReplicaLogDir {
  /** string, versions 0+ */
  path: string;
  /** []AlterReplicaLogDirTopic, versions 0+ */
  topics: AlterReplicaLogDirTopic[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeAlterReplicaLogDirsRequest(reader: Reader, version: number): AlterReplicaLogDirsRequest;
export declare function encodeAlterReplicaLogDirsRequest(writer: Writer, message: Init<AlterReplicaLogDirsRequest>, version: number): void;
export { decodeAlterReplicaLogDirsRequest as decode, encodeAlterReplicaLogDirsRequest as encode };
