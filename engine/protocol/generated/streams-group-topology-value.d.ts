// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import type { Reader } from '../reader.ts';
import type { Init, UnknownTaggedField } from '../types.ts';
import type { Writer } from '../writer.ts';

export declare const apiKey: 23;
export declare const lowestVersion: 0;
export declare const highestVersion: 0;

export interface StreamsGroupTopologyValue {
  /** int32, versions 0+ */
  epoch: number;
  /** []Subtopology, versions 0+ */
  subtopologies: Subtopology[];
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

export interface TopicConfig {
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
  /** []TopicConfig, versions 0+ */
  topicConfigs: TopicConfig[];
  unknownTaggedFields: readonly UnknownTaggedField[];
}

export declare function decodeStreamsGroupTopologyValue(reader: Reader, version: number): StreamsGroupTopologyValue;
export declare function encodeStreamsGroupTopologyValue(writer: Writer, message: Init<StreamsGroupTopologyValue>, version: number): void;
export { decodeStreamsGroupTopologyValue as decode, encodeStreamsGroupTopologyValue as encode };
