// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readCompactString, readString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeString } from '../writer.ts';

export const apiKey = 20;
export const lowestVersion = 1;
export const highestVersion = 6;
export { decodeDeleteTopicsRequest as decode, encodeDeleteTopicsRequest as encode };

export function decodeDeleteTopicsRequest(r, v) {
  if (!(v >= 1 && v <= 6)) refuseVersion('DeleteTopicsRequest', v);
  const f = v >= 4;
  return {
    topics: v >= 6 ? r.list(readDeleteTopicState, v, f, 18) : [],
    topicNames: v <= 5 ? r.list(f ? readCompactString : readString, v, f, 1) : [],
    timeoutMs: r.int32(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readDeleteTopicState(r, v) {
  return {
    name: r.nullableString(true),
    topicId: r.uuid(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDeleteTopicsRequest(w, m, v) {
  if (!(v >= 1 && v <= 6)) refuseVersion('DeleteTopicsRequest', v);
  const f = v >= 4;
  if (v >= 6) { w.list(m.topics ?? emptyList, writeDeleteTopicState, v, f); }
  else if (((m.topics !== undefined && m.topics.length !== 0))) refuseField('DeleteTopicsRequest', 'topics', v);
  if (v <= 5) { w.list(m.topicNames ?? emptyList, f ? writeCompactString : writeString, v, f); }
  w.int32(m.timeoutMs ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('DeleteTopicsRequest', 'unknownTaggedFields', v);
}

function writeDeleteTopicState(w, m, v) {
  w.nullableString(m.name ?? null, true);
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.unknownTags(m.unknownTaggedFields);
}
