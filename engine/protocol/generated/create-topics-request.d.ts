// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 19;
export declare const lowestVersion: 2;
export declare const highestVersion: 7;

export interface CreateTopicsRequest {
  /** []CreatableTopic, versions 0+ */
  topics: CreatableTopic[];
  /** int32, versions 0+, default 60000 */
  timeoutMs: number;
  /** bool, versions 1+, default false */
  validateOnly: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface CreatableReplicaAssignment {
  /** int32, versions 0+ */
  partitionIndex: number;
  /** []int32, versions 0+ */
  brokerIds: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface CreatableTopicConfig {
  /** string, versions 0+ */
  name: string;
  /** string, versions 0+, nullable 0+ */
  value: string | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface CreatableTopic {
  /** string, versions 0+ */
  name: string;
  /** int32, versions 0+ */
  numPartitions: number;
  /** int16, versions 0+ */
  replicationFactor: number;
  /** []CreatableReplicaAssignment, versions 0+ */
  assignments: CreatableReplicaAssignment[];
  /** []CreatableTopicConfig, versions 0+ */
  configs: CreatableTopicConfig[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeCreateTopicsRequest(reader: Reader, version: number): CreateTopicsRequest;
export declare function encodeCreateTopicsRequest(writer: Writer, message: Init<CreateTopicsRequest>, version: number): void;
export { decodeCreateTopicsRequest as decode, encodeCreateTopicsRequest as encode };
