// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 88;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupHeartbeatRequest {
  /** string, versions 0+ */
  groupId: string;
  /** string, versions 0+ */
  memberId: string;
  /** int32, versions 0+ */
  memberEpoch: number;
  /** int32, versions 0+ */
  endpointInformationEpoch: number;
  /** string, versions 0+, nullable 0+, default null */
  instanceId: string | null;
  /** string, versions 0+, nullable 0+, default null */
  rackId: string | null;
  /** int32, versions 0+, default -1 */
  rebalanceTimeoutMs: number;
  /** Topology, versions 0+, nullable 0+, default null */
  topology: Topology | null;
  /** []TaskIds, versions 0+, nullable 0+, default null */
  activeTasks: TaskIds[] | null;
  /** []TaskIds, versions 0+, nullable 0+, default null */
  standbyTasks: TaskIds[] | null;
  /** []TaskIds, versions 0+, nullable 0+, default null */
  warmupTasks: TaskIds[] | null;
  /** string, versions 0+, nullable 0+, default null */
  processId: string | null;
  /** Endpoint, versions 0+, nullable 0+, default null */
  userEndpoint: Endpoint | null;
  /** []KeyValue, versions 0+, nullable 0+, default null */
  clientTags: KeyValue[] | null;
  /** []TaskOffset, versions 0+, nullable 0+, default null */
  taskOffsets: TaskOffset[] | null;
  /** []TaskOffset, versions 0+, nullable 0+, default null */
  taskEndOffsets: TaskOffset[] | null;
  /** bool, versions 0+, default false */
  shutdownApplication: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface CopartitionGroup {
  /** []int16, versions 0+ */
  sourceTopics: number[];
  /** []int16, versions 0+ */
  sourceTopicRegex: number[];
  /** []int16, versions 0+ */
  repartitionSourceTopics: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Subtopology {
  /** string, versions 0+ */
  subtopologyId: string;
  /** []string, versions 0+ */
  sourceTopics: string[];
  /** []string, versions 0+ */
  sourceTopicRegex: string[];
  /** []TopicInfo, versions 0+ */
  stateChangelogTopics: TopicInfo[];
  /** []string, versions 0+ */
  repartitionSinkTopics: string[];
  /** []TopicInfo, versions 0+ */
  repartitionSourceTopics: TopicInfo[];
  /** []CopartitionGroup, versions 0+ */
  copartitionGroups: CopartitionGroup[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Topology {
  /** int32, versions 0+ */
  epoch: number;
  /** []Subtopology, versions 0+ */
  subtopologies: Subtopology[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface KeyValue {
  /** string, versions 0+ */
  key: string;
  /** string, versions 0+ */
  value: string;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TopicInfo {
  /** string, versions 0+ */
  name: string;
  /** int32, versions 0+ */
  partitions: number;
  /** int16, versions 0+ */
  replicationFactor: number;
  /** []KeyValue, versions 0+ */
  topicConfigs: KeyValue[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Endpoint {
  /** string, versions 0+ */
  host: string;
  /** uint16, versions 0+ */
  port: number;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TaskOffset {
  /** string, versions 0+ */
  subtopologyId: string;
  /** int32, versions 0+ */
  partition: number;
  /** int64, versions 0+ */
  offset: bigint;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TaskIds {
  /** string, versions 0+ */
  subtopologyId: string;
  /** []int32, versions 0+ */
  partitions: number[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeStreamsGroupHeartbeatRequest(reader: Reader, version: number): StreamsGroupHeartbeatRequest;
export declare function encodeStreamsGroupHeartbeatRequest(writer: Writer, message: Init<StreamsGroupHeartbeatRequest>, version: number): void;
export { decodeStreamsGroupHeartbeatRequest as decode, encodeStreamsGroupHeartbeatRequest as encode };
