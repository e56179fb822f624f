// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseTag, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 0;
export const lowestVersion = 3;
export const highestVersion = 13;
export { decodeProduceResponse as decode, encodeProduceResponse as encode };

export function decodeProduceResponse(r, v) {
  if (!(v >= 3 && v <= 13)) refuseVersion('ProduceResponse', v);
  const f = v >= 9;
  const m = {
    responses: r.list(readTopicProduceResponse, v, f, 3),
    throttleTimeMs: r.int32(),
    nodeEndpoints: [],
    unknownTaggedFields: noTaggedFields,
  };
  if (f) for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      if (!(v >= 10)) refuseTag('ProduceResponse', tag, v);
      m.nodeEndpoints = r.list(readNodeEndpoint, v, true, 11);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readTopicProduceResponse(r, v) {
  const f = v >= 9;
  return {
    name: v <= 12 ? r.string(f) : '',
    topicId: v >= 13 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    partitionResponses: r.list(readPartitionProduceResponse, v, f, 22),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readPartitionProduceResponse(r, v) {
  const f = v >= 9;
  const m = {
    index: r.int32(),
    errorCode: r.int16(),
    baseOffset: r.int64(),
    logAppendTimeMs: r.int64(),
    logStartOffset: v >= 5 ? r.int64() : -1n,
    recordErrors: v >= 8 ? r.list(readBatchIndexAndErrorMessage, v, f, 6) : [],
    errorMessage: v >= 8 ? r.nullableString(f) : null,
    currentLeader: { leaderId: -1, leaderEpoch: -1, unknownTaggedFields: noTaggedFields },
    unknownTaggedFields: noTaggedFields,
  };
  if (f) for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      if (!(v >= 10)) refuseTag('PartitionProduceResponse', tag, v);
      m.currentLeader = readLeaderIdAndEpoch(r, v);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readBatchIndexAndErrorMessage(r, v) {
  const f = v >= 9;
  return {
    batchIndex: r.int32(),
    batchIndexErrorMessage: r.nullableString(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readLeaderIdAndEpoch(r, v) {
  return {
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readNodeEndpoint(r, v) {
  return {
    nodeId: r.int32(),
    host: r.string(true),
    port: r.int32(),
    rack: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeProduceResponse(w, m, v) {
  if (!(v >= 3 && v <= 13)) refuseVersion('ProduceResponse', v);
  const f = v >= 9;
  w.list(m.responses ?? emptyList, writeTopicProduceResponse, v, f);
  w.int32(m.throttleTimeMs ?? 0);
  if (!(v >= 10) && ((m.nodeEndpoints !== undefined && m.nodeEndpoints.length !== 0))) refuseField('ProduceResponse', 'nodeEndpoints', v);
  if (f) {
    const t0 = v >= 10 && ((m.nodeEndpoints !== undefined && m.nodeEndpoints.length !== 0));
    const u = m.unknownTaggedFields;
    w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
    let i = 0;
    i = w.unknownTagsBelow(u, i, -1, 0);
    if (t0) { const at = w.beginTag(0); w.list(m.nodeEndpoints ?? emptyList, writeNodeEndpoint, v, true); w.endTag(at); }
    w.unknownTagsBelow(u, i, 0, Infinity);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ProduceResponse', 'unknownTaggedFields', v);
}

function writeTopicProduceResponse(w, m, v) {
  const f = v >= 9;
  if (v <= 12) { w.string(m.name ?? '', f); }
  if (v >= 13) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.list(m.partitionResponses ?? emptyList, writePartitionProduceResponse, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('TopicProduceResponse', 'unknownTaggedFields', v);
}

function writePartitionProduceResponse(w, m, v) {
  const f = v >= 9;
  w.int32(m.index ?? 0);
  w.int16(m.errorCode ?? 0);
  w.int64(m.baseOffset ?? 0n);
  w.int64(m.logAppendTimeMs ?? -1n);
  if (v >= 5) { w.int64(m.logStartOffset ?? -1n); }
  if (v >= 8) { w.list(m.recordErrors ?? emptyList, writeBatchIndexAndErrorMessage, v, f); }
  if (v >= 8) { w.nullableString(m.errorMessage ?? null, f); }
  if (!(v >= 10) && (!isDefaultLeaderIdAndEpoch(m.currentLeader))) refuseField('PartitionProduceResponse', 'currentLeader', v);
  if (f) {
    const t0 = v >= 10 && (!isDefaultLeaderIdAndEpoch(m.currentLeader));
    const u = m.unknownTaggedFields;
    w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
    let i = 0;
    i = w.unknownTagsBelow(u, i, -1, 0);
    if (t0) { const at = w.beginTag(0); writeLeaderIdAndEpoch(w, m.currentLeader ?? {}, v); w.endTag(at); }
    w.unknownTagsBelow(u, i, 0, Infinity);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('PartitionProduceResponse', 'unknownTaggedFields', v);
}

function writeBatchIndexAndErrorMessage(w, m, v) {
  const f = v >= 9;
  w.int32(m.batchIndex ?? 0);
  w.nullableString(m.batchIndexErrorMessage ?? null, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('BatchIndexAndErrorMessage', 'unknownTaggedFields', v);
}

function writeLeaderIdAndEpoch(w, m, v) {
  w.int32(m.leaderId ?? -1);
  w.int32(m.leaderEpoch ?? -1);
  w.unknownTags(m.unknownTaggedFields);
}

function writeNodeEndpoint(w, m, v) {
  w.int32(m.nodeId ?? 0);
  w.string(m.host ?? '', true);
  w.int32(m.port ?? 0);
  w.nullableString(m.rack ?? null, true);
  w.unknownTags(m.unknownTaggedFields);
}

function isDefaultLeaderIdAndEpoch(m) {
  return m === undefined || (!(m.leaderId !== undefined && m.leaderId !== -1) && !(m.leaderEpoch !== undefined && m.leaderEpoch !== -1) && !(m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0));
}
