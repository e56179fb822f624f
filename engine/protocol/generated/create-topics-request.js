// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 19;
export const lowestVersion = 2;
export const highestVersion = 7;
export { decodeCreateTopicsRequest as decode, encodeCreateTopicsRequest as encode };

export function decodeCreateTopicsRequest(r, v) {
  if (!(v >= 2 && v <= 7)) refuseVersion('CreateTopicsRequest', v);
  const f = v >= 5;
  return {
    topics: r.list(readCreatableTopic, v, f, 10),
    timeoutMs: r.int32(),
    validateOnly: r.bool(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readCreatableTopic(r, v) {
  const f = v >= 5;
  return {
    name: r.string(f),
    numPartitions: r.int32(),
    replicationFactor: r.int16(),
    assignments: r.list(readCreatableReplicaAssignment, v, f, 6),
    configs: r.list(readCreatableTopicConfig, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readCreatableReplicaAssignment(r, v) {
  const f = v >= 5;
  return {
    partitionIndex: r.int32(),
    brokerIds: r.list(readInt32, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readCreatableTopicConfig(r, v) {
  const f = v >= 5;
  return {
    name: r.string(f),
    value: r.nullableString(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeCreateTopicsRequest(w, m, v) {
  if (!(v >= 2 && v <= 7)) refuseVersion('CreateTopicsRequest', v);
  const f = v >= 5;
  w.list(m.topics ?? emptyList, writeCreatableTopic, v, f);
  w.int32(m.timeoutMs ?? 60000);
  w.bool(m.validateOnly ?? false);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreateTopicsRequest', 'unknownTaggedFields', v);
}

function writeCreatableTopic(w, m, v) {
  const f = v >= 5;
  w.string(m.name ?? '', f);
  w.int32(m.numPartitions ?? 0);
  w.int16(m.replicationFactor ?? 0);
  w.list(m.assignments ?? emptyList, writeCreatableReplicaAssignment, v, f);
  w.list(m.configs ?? emptyList, writeCreatableTopicConfig, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreatableTopic', 'unknownTaggedFields', v);
}

function writeCreatableReplicaAssignment(w, m, v) {
  const f = v >= 5;
  w.int32(m.partitionIndex ?? 0);
  w.list(m.brokerIds ?? emptyList, writeInt32, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreatableReplicaAssignment', 'unknownTaggedFields', v);
}

function writeCreatableTopicConfig(w, m, v) {
  const f = v >= 5;
  w.string(m.name ?? '', f);
  w.nullableString(m.value === undefined ? '' : m.value, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreatableTopicConfig', 'unknownTaggedFields', v);
}
