// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseTag, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 1;
export const lowestVersion = 4;
export const highestVersion = 18;
export { decodeFetchResponse as decode, encodeFetchResponse as encode };

export function decodeFetchResponse(r, v) {
  if (!(v >= 4 && v <= 18)) refuseVersion('FetchResponse', v);
  const f = v >= 12;
  const m = {
    throttleTimeMs: r.int32(),
    errorCode: v >= 7 ? r.int16() : 0,
    sessionId: v >= 7 ? r.int32() : 0,
    responses: r.list(readFetchableTopicResponse, v, f, 3),
    nodeEndpoints: [],
    unknownTaggedFields: noTaggedFields,
  };
  if (f) for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      if (!(v >= 16)) refuseTag('FetchResponse', tag, v);
      m.nodeEndpoints = r.list(readNodeEndpoint, v, true, 11);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readFetchableTopicResponse(r, v) {
  const f = v >= 12;
  return {
    topic: v <= 12 ? r.string(f) : '',
    topicId: v >= 13 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    partitions: r.list(readPartitionData, v, f, 30),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readPartitionData(r, v) {
  const f = v >= 12;
  const m = {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    highWatermark: r.int64(),
    lastStableOffset: r.int64(),
    logStartOffset: v >= 5 ? r.int64() : -1n,
    divergingEpoch: { epoch: -1, endOffset: -1n, unknownTaggedFields: noTaggedFields },
    currentLeader: { leaderId: -1, leaderEpoch: -1, unknownTaggedFields: noTaggedFields },
    snapshotId: { endOffset: -1n, epoch: -1, unknownTaggedFields: noTaggedFields },
    abortedTransactions: r.nullableList(readAbortedTransaction, v, f, 16),
    preferredReadReplica: v >= 11 ? r.int32() : -1,
    records: r.nullableBytes(f),
    unknownTaggedFields: noTaggedFields,
  };
  if (f) for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.divergingEpoch = readEpochEndOffset(r, v);
    }
    else if (tag === 1) {
      m.currentLeader = readLeaderIdAndEpoch(r, v);
    }
    else if (tag === 2) {
      m.snapshotId = readSnapshotId(r, v);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readEpochEndOffset(r, v) {
  return {
    epoch: r.int32(),
    endOffset: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readLeaderIdAndEpoch(r, v) {
  return {
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readSnapshotId(r, v) {
  return {
    endOffset: r.int64(),
    epoch: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAbortedTransaction(r, v) {
  const f = v >= 12;
  return {
    producerId: r.int64(),
    firstOffset: r.int64(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
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

export function encodeFetchResponse(w, m, v) {
  if (!(v >= 4 && v <= 18)) refuseVersion('FetchResponse', v);
  const f = v >= 12;
  w.int32(m.throttleTimeMs ?? 0);
  if (v >= 7) { w.int16(m.errorCode ?? 0); }
  if (v >= 7) { w.int32(m.sessionId ?? 0); }
  else if ((m.sessionId !== undefined && m.sessionId !== 0)) refuseField('FetchResponse', 'sessionId', v);
  w.list(m.responses ?? emptyList, writeFetchableTopicResponse, v, f);
  if (!(v >= 16) && ((m.nodeEndpoints !== undefined && m.nodeEndpoints.length !== 0))) refuseField('FetchResponse', 'nodeEndpoints', v);
  if (f) {
    const t0 = v >= 16 && ((m.nodeEndpoints !== undefined && m.nodeEndpoints.length !== 0));
    const u = m.unknownTaggedFields;
    w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
    let i = 0;
    i = w.unknownTagsBelow(u, i, -1, 0);
    if (t0) { const at = w.beginTag(0); w.list(m.nodeEndpoints ?? emptyList, writeNodeEndpoint, v, true); w.endTag(at); }
    w.unknownTagsBelow(u, i, 0, Infinity);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('FetchResponse', 'unknownTaggedFields', v);
}

function writeFetchableTopicResponse(w, m, v) {
  const f = v >= 12;
  if (v <= 12) { w.string(m.topic ?? '', f); }
  if (v >= 13) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.list(m.partitions ?? emptyList, writePartitionData, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('FetchableTopicResponse', 'unknownTaggedFields', v);
}

function writePartitionData(w, m, v) {
  const f = v >= 12;
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  w.int64(m.highWatermark ?? 0n);
  w.int64(m.lastStableOffset ?? -1n);
  if (v >= 5) { w.int64(m.logStartOffset ?? -1n); }
  if (!(v >= 12) && (!isDefaultEpochEndOffset(m.divergingEpoch))) refuseField('PartitionData', 'divergingEpoch', v);
  if (!(v >= 12) && (!isDefaultLeaderIdAndEpoch(m.currentLeader))) refuseField('PartitionData', 'currentLeader', v);
  if (!(v >= 12) && (!isDefaultSnapshotId(m.snapshotId))) refuseField('PartitionData', 'snapshotId', v);
  w.nullableList(m.abortedTransactions === undefined ? emptyList : m.abortedTransactions, writeAbortedTransaction, v, f);
  if (v >= 11) { w.int32(m.preferredReadReplica ?? -1); }
  else if ((m.preferredReadReplica !== undefined && m.preferredReadReplica !== -1)) refuseField('PartitionData', 'preferredReadReplica', v);
  w.nullableRecords(m.records ?? null, f);
  if (f) {
    const t0 = v >= 12 && (!isDefaultEpochEndOffset(m.divergingEpoch));
    const t1 = v >= 12 && (!isDefaultLeaderIdAndEpoch(m.currentLeader));
    const t2 = v >= 12 && (!isDefaultSnapshotId(m.snapshotId));
    const u = m.unknownTaggedFields;
    w.uvarint((t0 ? 1 : 0) + (t1 ? 1 : 0) + (t2 ? 1 : 0) + (u === undefined ? 0 : u.length));
    let i = 0;
    i = w.unknownTagsBelow(u, i, -1, 0);
    if (t0) { const at = w.beginTag(0); writeEpochEndOffset(w, m.divergingEpoch ?? {}, v); w.endTag(at); }
    i = w.unknownTagsBelow(u, i, 0, 1);
    if (t1) { const at = w.beginTag(1); writeLeaderIdAndEpoch(w, m.currentLeader ?? {}, v); w.endTag(at); }
    i = w.unknownTagsBelow(u, i, 1, 2);
    if (t2) { const at = w.beginTag(2); writeSnapshotId(w, m.snapshotId ?? {}, v); w.endTag(at); }
    w.unknownTagsBelow(u, i, 2, Infinity);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('PartitionData', 'unknownTaggedFields', v);
}

function writeEpochEndOffset(w, m, v) {
  w.int32(m.epoch ?? -1);
  w.int64(m.endOffset ?? -1n);
  w.unknownTags(m.unknownTaggedFields);
}

function writeLeaderIdAndEpoch(w, m, v) {
  w.int32(m.leaderId ?? -1);
  w.int32(m.leaderEpoch ?? -1);
  w.unknownTags(m.unknownTaggedFields);
}

function writeSnapshotId(w, m, v) {
  w.int64(m.endOffset ?? -1n);
  w.int32(m.epoch ?? -1);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAbortedTransaction(w, m, v) {
  const f = v >= 12;
  w.int64(m.producerId ?? 0n);
  w.int64(m.firstOffset ?? 0n);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AbortedTransaction', 'unknownTaggedFields', v);
}

function writeNodeEndpoint(w, m, v) {
  w.int32(m.nodeId ?? 0);
  w.string(m.host ?? '', true);
  w.int32(m.port ?? 0);
  w.nullableString(m.rack ?? null, true);
  w.unknownTags(m.unknownTaggedFields);
}

function isDefaultEpochEndOffset(m) {
  return m === undefined || (!(m.epoch !== undefined && m.epoch !== -1) && !(m.endOffset !== undefined && m.endOffset !== -1n) && !(m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0));
}

function isDefaultLeaderIdAndEpoch(m) {
  return m === undefined || (!(m.leaderId !== undefined && m.leaderId !== -1) && !(m.leaderEpoch !== undefined && m.leaderEpoch !== -1) && !(m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0));
}

function isDefaultSnapshotId(m) {
  return m === undefined || (!(m.endOffset !== undefined && m.endOffset !== -1n) && !(m.epoch !== undefined && m.epoch !== -1) && !(m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0));
}
