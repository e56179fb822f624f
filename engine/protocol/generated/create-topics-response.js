// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 19;
export const lowestVersion = 2;
export const highestVersion = 7;
export { decodeCreateTopicsResponse as decode, encodeCreateTopicsResponse as encode };

export function decodeCreateTopicsResponse(r, v) {
  if (!(v >= 2 && v <= 7)) refuseVersion('CreateTopicsResponse', v);
  const f = v >= 5;
  return {
    throttleTimeMs: r.int32(),
    topics: r.list(readCreatableTopicResult, v, f, 6),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readCreatableTopicResult(r, v) {
  const f = v >= 5;
  const m = {
    name: r.string(f),
    topicId: v >= 7 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    topicConfigErrorCode: 0,
    numPartitions: v >= 5 ? r.int32() : -1,
    replicationFactor: v >= 5 ? r.int16() : -1,
    configs: v >= 5 ? r.nullableList(readCreatableTopicConfigs, v, f, 6) : [],
    unknownTaggedFields: noTaggedFields,
  };
  if (f) for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.topicConfigErrorCode = r.int16();
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readCreatableTopicConfigs(r, v) {
  return {
    name: r.string(true),
    value: r.nullableString(true),
    readOnly: r.bool(),
    configSource: r.int8(),
    isSensitive: r.bool(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeCreateTopicsResponse(w, m, v) {
  if (!(v >= 2 && v <= 7)) refuseVersion('CreateTopicsResponse', v);
  const f = v >= 5;
  w.int32(m.throttleTimeMs ?? 0);
  w.list(m.topics ?? emptyList, writeCreatableTopicResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreateTopicsResponse', 'unknownTaggedFields', v);
}

function writeCreatableTopicResult(w, m, v) {
  const f = v >= 5;
  w.string(m.name ?? '', f);
  if (v >= 7) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f);
  if (v >= 5) { w.int32(m.numPartitions ?? -1); }
  if (v >= 5) { w.int16(m.replicationFactor ?? -1); }
  if (v >= 5) { w.nullableList(m.configs === undefined ? emptyList : m.configs, writeCreatableTopicConfigs, v, f); }
  if (f) {
    const t0 = v >= 5 && (m.topicConfigErrorCode !== undefined && m.topicConfigErrorCode !== 0);
    const u = m.unknownTaggedFields;
    w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
    let i = 0;
    i = w.unknownTagsBelow(u, i, -1, 0);
    if (t0) { const at = w.beginTag(0); w.int16(m.topicConfigErrorCode ?? 0); w.endTag(at); }
    w.unknownTagsBelow(u, i, 0, Infinity);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('CreatableTopicResult', 'unknownTaggedFields', v);
}

function writeCreatableTopicConfigs(w, m, v) {
  w.string(m.name ?? '', true);
  w.nullableString(m.value === undefined ? '' : m.value, true);
  w.bool(m.readOnly ?? false);
  w.int8(m.configSource ?? -1);
  w.bool(m.isSensitive ?? false);
  w.unknownTags(m.unknownTaggedFields);
}
