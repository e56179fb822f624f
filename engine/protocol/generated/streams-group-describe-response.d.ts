// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 89;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupDescribeResponse {
  /** int32, versions 0+ */
  throttleTimeMs: number;
  /** []DescribedGroup, versions 0+ */
  groups: DescribedGroup[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Subtopology {
  /** string, versions 0+ */
  subtopologyId: string;
  /** []string, versions 0+ */
  sourceTopics: string[];
  /** []string, versions 0+ */
  repartitionSinkTopics: string[];
  /** []TopicInfo, versions 0+ */
  stateChangelogTopics: TopicInfo[];
  /** []TopicInfo, versions 0+ */
  repartitionSourceTopics: TopicInfo[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Topology {
  /** int32, versions 0+ */
  epoch: number;
  /** []Subtopology, versions 0+, nullable 0+, default null */
  subtopologies: Subtopology[] | null;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface Member {
  /** string, versions 0+ */
  memberId: string;
  /** int32, versions 0+ */
  memberEpoch: number;
  /** string, versions 0+, nullable 0+, default null */
  instanceId: string | null;
  /** string, versions 0+, nullable 0+, default null */
  rackId: string | null;
  /** string, versions 0+ */
  clientId: string;
  /** string, versions 0+ */
  clientHost: string;
  /** int32, versions 0+ */
  topologyEpoch: number;
  /** string, versions 0+ */
  processId: string;
  /** Endpoint, versions 0+, nullable 0+, default null */
  userEndpoint: Endpoint | null;
  /** []KeyValue, versions 0+ */
  clientTags: KeyValue[];
  /** []TaskOffset, versions 0+ */
  taskOffsets: TaskOffset[];
  /** []TaskOffset, versions 0+ */
  taskEndOffsets: TaskOffset[];
  /** Assignment, versions 0+ */
  assignment: Assignment;
  /** Assignment, versions 0+ */
  targetAssignment: Assignment;
  /** bool, versions 0+ */
  isClassic: boolean;
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface DescribedGroup {
  /** int16, versions 0+ */
  errorCode: number;
  /** string, versions 0+, nullable 0+, default null */
  errorMessage: string | null;
  /** string, versions 0+ */
  groupId: string;
  /** string, versions 0+ */
  groupState: string;
  /** int32, versions 0+ */
  groupEpoch: number;
  /** int32, versions 0+ */
  assignmentEpoch: number;
  /** Topology, versions 0+, nullable 0+, default null */
  topology: Topology | null;
  /** []Member, versions 0+ */
  members: Member[];
  /** int32, versions 0+, default -2147483648 */
  authorizedOperations: number;
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

export interface Assignment {
  /** []TaskIds, versions 0+ */
  activeTasks: TaskIds[];
  /** []TaskIds, versions 0+ */
  standbyTasks: TaskIds[];
  /** []TaskIds, versions 0+ */
  warmupTasks: TaskIds[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export interface TaskIds {
  /** string, versions 0+ */
  subtopologyId: string;
  /** []int32, versions 0+ */
  partitions: number[];
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

export declare function decodeStreamsGroupDescribeResponse(reader: Reader, version: number): StreamsGroupDescribeResponse;
export declare function encodeStreamsGroupDescribeResponse(writer: Writer, message: Init<StreamsGroupDescribeResponse>, version: number): void;
export { decodeStreamsGroupDescribeResponse as decode, encodeStreamsGroupDescribeResponse as encode };
