// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString, readInt16 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeInt16 } from '../writer.ts';

export const apiKey = 23;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupTopologyValue as decode, encodeStreamsGroupTopologyValue as encode };

export function decodeStreamsGroupTopologyValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupTopologyValue', v);
  return {
    epoch: r.int32(),
    subtopologies: r.list(readSubtopology, v, true, 8),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readSubtopology(r, v) {
  return {
    subtopologyId: r.string(true),
    sourceTopics: r.list(readCompactString, v, true, 1),
    sourceTopicRegex: r.list(readCompactString, v, true, 1),
    stateChangelogTopics: r.list(readTopicInfo, v, true, 9),
    repartitionSinkTopics: r.list(readCompactString, v, true, 1),
    repartitionSourceTopics: r.list(readTopicInfo, v, true, 9),
    copartitionGroups: r.list(readCopartitionGroup, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicInfo(r, v) {
  return {
    name: r.string(true),
    partitions: r.int32(),
    replicationFactor: r.int16(),
    topicConfigs: r.list(readTopicConfig, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicConfig(r, v) {
  return {
    key: r.string(true),
    value: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readCopartitionGroup(r, v) {
  return {
    sourceTopics: r.list(readInt16, v, true, 2),
    sourceTopicRegex: r.list(readInt16, v, true, 2),
    repartitionSourceTopics: r.list(readInt16, v, true, 2),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeStreamsGroupTopologyValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupTopologyValue', v);
  w.int32(m.epoch ?? 0);
  w.list(m.subtopologies ?? emptyList, writeSubtopology, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeSubtopology(w, m, v) {
  w.string(m.subtopologyId ?? '', true);
  w.list(m.sourceTopics ?? emptyList, writeCompactString, v, true);
  w.list(m.sourceTopicRegex ?? emptyList, writeCompactString, v, true);
  w.list(m.stateChangelogTopics ?? emptyList, writeTopicInfo, v, true);
  w.list(m.repartitionSinkTopics ?? emptyList, writeCompactString, v, true);
  w.list(m.repartitionSourceTopics ?? emptyList, writeTopicInfo, v, true);
  w.list(m.copartitionGroups ?? emptyList, writeCopartitionGroup, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicInfo(w, m, v) {
  w.string(m.name ?? '', true);
  w.int32(m.partitions ?? 0);
  w.int16(m.replicationFactor ?? 0);
  w.list(m.topicConfigs ?? emptyList, writeTopicConfig, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicConfig(w, m, v) {
  w.string(m.key ?? '', true);
  w.string(m.value ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeCopartitionGroup(w, m, v) {
  w.list(m.sourceTopics ?? emptyList, writeInt16, v, true);
  w.list(m.sourceTopicRegex ?? emptyList, writeInt16, v, true);
  w.list(m.repartitionSourceTopics ?? emptyList, writeInt16, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
