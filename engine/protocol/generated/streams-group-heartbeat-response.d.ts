// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 88;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupHeartbeatResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** string, versions 0+ */
  memberId: string;
  /** int32, versions 0+ */
  memberEpoch: number;
  /** int32, versions 0+ */
  heartbeatIntervalMs: number;
  /** int32, versions 0+ */
  acceptableRecoveryLag: number;
  /** int32, versions 0+ */
  taskOffsetIntervalMs: number;
  /** []Status, versions 0+, nullable 0+ */
  status: Status[] | null;
  /** []TaskIds, versions 0+, nullable 0+, default null */
  activeTasks: TaskIds[] | null;
  /** []TaskIds, versions 0+, nullable 0+, default null */
  standbyTasks: TaskIds[] | null;
  /** []TaskIds, versions 0+, nullable 0+, default null */
  warmupTasks: TaskIds[] | null;
  /** int32, versions 0+ */
  endpointInformationEpoch: number;
  /** []EndpointToPartitions, versions 0+, nullable 0+, default null */
  partitionsByUserEndpoint: EndpointToPartitions[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface EndpointToPartitions {
  /** Endpoint, versions 0+ */
  userEndpoint: Endpoint;
  /** []TopicPartition, versions 0+ */
  activePartitions: TopicPartition[];
  /** []TopicPartition, versions 0+ */
  standbyPartitions: TopicPartition[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Status {
  /** int8, versions 0+ */
  statusCode: number;
  /** string, versions 0+ */
  statusDetail: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicPartition {
  /** string, versions 0+ */
  topic: string;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TaskIds {
  /** string, versions 0+ */
  subtopologyId: string;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Endpoint {
  /** string, versions 0+ */
  host: string;
  /** uint16, versions 0+ */
  port: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeStreamsGroupHeartbeatResponse(reader: Reader, version: number): StreamsGroupHeartbeatResponse;
export declare function encodeStreamsGroupHeartbeatResponse(writer: Writer, message: Init<StreamsGroupHeartbeatResponse>, version: number): void;
export { decodeStreamsGroupHeartbeatResponse as decode, encodeStreamsGroupHeartbeatResponse as encode };
