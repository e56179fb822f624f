// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseTag, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 1;
export const lowestVersion = 4;
export const highestVersion = 18;
export { decodeFetchRequest as decode, encodeFetchRequest as encode };

export function decodeFetchRequest(r, v) {
  if (!(v >= 4 && v <= 18)) refuseVersion('FetchRequest', v);
  const f = v >= 12;
  const m = {
    clusterId: null,
    replicaId: v <= 14 ? r.int32() : -1,
    replicaState: { replicaId: -1, replicaEpoch: -1n, unknownTaggedFields: noTaggedFields },
    maxWaitMs: r.int32(),
    minBytes: r.int32(),
    maxBytes: r.int32(),
    isolationLevel: r.int8(),
    sessionId: v >= 7 ? r.int32() : 0,
    sessionEpoch: v >= 7 ? r.int32() : -1,
    topics: r.list(readFetchTopic, v, f, 3),
    forgottenTopicsData: v >= 7 ? r.list(readForgottenTopic, v, f, 3) : [],
    rackId: v >= 11 ? r.string(f) : '',
    unknownTaggedFields: noTaggedFields,
  };
  if (f) for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.clusterId = r.nullableString(true);
    }
    else if (tag === 1) {
      if (!(v >= 15)) refuseTag('FetchRequest', tag, v);
      m.replicaState = readReplicaState(r, v);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readReplicaState(r, v) {
  return {
    replicaId: r.int32(),
    replicaEpoch: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readFetchTopic(r, v) {
  const f = v >= 12;
  return {
    topic: v <= 12 ? r.string(f) : '',
    topicId: v >= 13 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    partitions: r.list(readFetchPartition, v, f, 16),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readFetchPartition(r, v) {
  const f = v >= 12;
  const m = {
    partition: r.int32(),
    currentLeaderEpoch: v >= 9 ? r.int32() : -1,
    fetchOffset: r.int64(),
    lastFetchedEpoch: v >= 12 ? r.int32() : -1,
    logStartOffset: v >= 5 ? r.int64() : -1n,
    partitionMaxBytes: r.int32(),
    replicaDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAA',
    highWatermark: 9223372036854775807n,
    unknownTaggedFields: noTaggedFields,
  };
  if (f) for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      if (!(v >= 17)) refuseTag('FetchPartition', tag, v);
      m.replicaDirectoryId = r.uuid();
    }
    else if (tag === 1) {
      if (!(v >= 18)) refuseTag('FetchPartition', tag, v);
      m.highWatermark = r.int64();
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readForgottenTopic(r, v) {
  const f = v >= 12;
  return {
    topic: v <= 12 ? r.string(f) : '',
    topicId: v >= 13 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    partitions: r.list(readInt32, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeFetchRequest(w, m, v) {
  if (!(v >= 4 && v <= 18)) refuseVersion('FetchRequest', v);
  const f = v >= 12;
  if (v <= 14) { w.int32(m.replicaId ?? -1); }
  else if ((m.replicaId !== undefined && m.replicaId !== -1)) refuseField('FetchRequest', 'replicaId', v);
  if (!(v >= 15) && (!isDefaultReplicaState(m.replicaState))) refuseField('FetchRequest', 'replicaState', v);
  w.int32(m.maxWaitMs ?? 0);
  w.int32(m.minBytes ?? 0);
  w.int32(m.maxBytes ?? 2147483647);
  w.int8(m.isolationLevel ?? 0);
  if (v >= 7) { w.int32(m.sessionId ?? 0); }
  if (v >= 7) { w.int32(m.sessionEpoch ?? -1); }
  w.list(m.topics ?? emptyList, writeFetchTopic, v, f);
  if (v >= 7) { w.list(m.forgottenTopicsData ?? emptyList, writeForgottenTopic, v, f); }
  else if (((m.forgottenTopicsData !== undefined && m.forgottenTopicsData.length !== 0))) refuseField('FetchRequest', 'forgottenTopicsData', v);
  if (v >= 11) { w.string(m.rackId ?? '', f); }
  if (f) {
    const t0 = v >= 12 && (m.clusterId ?? null) !== null;
    const t1 = v >= 15 && (!isDefaultReplicaState(m.replicaState));
    const u = m.unknownTaggedFields;
    w.uvarint((t0 ? 1 : 0) + (t1 ? 1 : 0) + (u === undefined ? 0 : u.length));
    let i = 0;
    i = w.unknownTagsBelow(u, i, -1, 0);
    if (t0) { const at = w.beginTag(0); w.nullableString(m.clusterId ?? null, true); w.endTag(at); }
    i = w.unknownTagsBelow(u, i, 0, 1);
    if (t1) { const at = w.beginTag(1); writeReplicaState(w, m.replicaState ?? {}, v); w.endTag(at); }
    w.unknownTagsBelow(u, i, 1, Infinity);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('FetchRequest', 'unknownTaggedFields', v);
}

function writeReplicaState(w, m, v) {
  w.int32(m.replicaId ?? -1);
  w.int64(m.replicaEpoch ?? -1n);
  w.unknownTags(m.unknownTaggedFields);
}

function writeFetchTopic(w, m, v) {
  const f = v >= 12;
  if (v <= 12) { w.string(m.topic ?? '', f); }
  if (v >= 13) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.list(m.partitions ?? emptyList, writeFetchPartition, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('FetchTopic', 'unknownTaggedFields', v);
}

function writeFetchPartition(w, m, v) {
  const f = v >= 12;
  w.int32(m.partition ?? 0);
  if (v >= 9) { w.int32(m.currentLeaderEpoch ?? -1); }
  w.int64(m.fetchOffset ?? 0n);
  if (v >= 12) { w.int32(m.lastFetchedEpoch ?? -1); }
  else if ((m.lastFetchedEpoch !== undefined && m.lastFetchedEpoch !== -1)) refuseField('FetchPartition', 'lastFetchedEpoch', v);
  if (v >= 5) { w.int64(m.logStartOffset ?? -1n); }
  w.int32(m.partitionMaxBytes ?? 0);
  if (f) {
    const t0 = v >= 17 && (m.replicaDirectoryId !== undefined && m.replicaDirectoryId !== 'AAAAAAAAAAAAAAAAAAAAAA');
    const t1 = v >= 18 && (m.highWatermark !== undefined && m.highWatermark !== 9223372036854775807n);
    const u = m.unknownTaggedFields;
    w.uvarint((t0 ? 1 : 0) + (t1 ? 1 : 0) + (u === undefined ? 0 : u.length));
    let i = 0;
    i = w.unknownTagsBelow(u, i, -1, 0);
    if (t0) { const at = w.beginTag(0); w.uuid(m.replicaDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); w.endTag(at); }
    i = w.unknownTagsBelow(u, i, 0, 1);
    if (t1) { const at = w.beginTag(1); w.int64(m.highWatermark ?? 9223372036854775807n); w.endTag(at); }
    w.unknownTagsBelow(u, i, 1, Infinity);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('FetchPartition', 'unknownTaggedFields', v);
}

function writeForgottenTopic(w, m, v) {
  const f = v >= 12;
  if (v <= 12) { w.string(m.topic ?? '', f); }
  if (v >= 13) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.list(m.partitions ?? emptyList, writeInt32, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ForgottenTopic', 'unknownTaggedFields', v);
}

function isDefaultReplicaState(m) {
  return m === undefined || (!(m.replicaId !== undefined && m.replicaId !== -1) && !(m.replicaEpoch !== undefined && m.replicaEpoch !== -1n) && !(m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0));
}
