// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 43;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeElectLeadersRequest as decode, encodeElectLeadersRequest as encode };

export function decodeElectLeadersRequest(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('ElectLeadersRequest', v);
  const f = v >= 2;
  return {
    electionType: v >= 1 ? r.int8() : 0,
    topicPartitions: r.nullableList(readTopicPartitions, v, f, 3),
    timeoutMs: r.int32(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readTopicPartitions(r, v) {
  const f = v >= 2;
  return {
    topic: r.string(f),
    partitions: r.list(readInt32, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeElectLeadersRequest(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('ElectLeadersRequest', v);
  const f = v >= 2;
  if (v >= 1) { w.int8(m.electionType ?? 0); }
  else if ((m.electionType !== undefined && m.electionType !== 0)) refuseField('ElectLeadersRequest', 'electionType', v);
  w.nullableList(m.topicPartitions === undefined ? emptyList : m.topicPartitions, writeTopicPartitions, v, f);
  w.int32(m.timeoutMs ?? 60000);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ElectLeadersRequest', 'unknownTaggedFields', v);
}

function writeTopicPartitions(w, m, v) {
  const f = v >= 2;
  w.string(m.topic ?? '', f);
  w.list(m.partitions ?? emptyList, writeInt32, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('TopicPartitions', 'unknownTaggedFields', v);
}
