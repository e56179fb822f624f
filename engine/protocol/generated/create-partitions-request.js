// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 37;
export const lowestVersion = 0;
export const highestVersion = 3;
export { decodeCreatePartitionsRequest as decode, encodeCreatePartitionsRequest as encode };

export function decodeCreatePartitionsRequest(r, v) {
  if (!(v >= 0 && v <= 3)) refuseVersion('CreatePartitionsRequest', v);
  const f = v >= 2;
  return {
    topics: r.list(readCreatePartitionsTopic, v, f, 7),
    timeoutMs: r.int32(),
    validateOnly: r.bool(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readCreatePartitionsTopic(r, v) {
  const f = v >= 2;
  return {
    name: r.string(f),
    count: r.int32(),
    assignments: r.nullableList(readCreatePartitionsAssignment, v, f, 2),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readCreatePartitionsAssignment(r, v) {
  const f = v >= 2;
  return {
    brokerIds: r.list(readInt32, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeCreatePartitionsRequest(w, m, v) {
  if (!(v >= 0 && v <= 3)) refuseVersion('CreatePartitionsRequest', v);
  const f = v >= 2;
  w.list(m.topics ?? emptyList, writeCreatePartitionsTopic, v, f);
  w.int32(m.timeoutMs ?? 0);
  w.bool(m.validateOnly ?? false);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreatePartitionsRequest', 'unknownTaggedFields', v);
}

function writeCreatePartitionsTopic(w, m, v) {
  const f = v >= 2;
  w.string(m.name ?? '', f);
  w.int32(m.count ?? 0);
  w.nullableList(m.assignments === undefined ? emptyList : m.assignments, writeCreatePartitionsAssignment, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreatePartitionsTopic', 'unknownTaggedFields', v);
}

function writeCreatePartitionsAssignment(w, m, v) {
  const f = v >= 2;
  w.list(m.brokerIds ?? emptyList, writeInt32, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreatePartitionsAssignment', 'unknownTaggedFields', v);
}
