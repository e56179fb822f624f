// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseTag, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 59;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeFetchSnapshotResponse as decode, encodeFetchSnapshotResponse as encode };

export function decodeFetchSnapshotResponse(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('FetchSnapshotResponse', v);
  const m = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    topics: r.list(readTopicSnapshot, v, true, 3),
    nodeEndpoints: [],
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      if (!(v >= 1)) refuseTag('FetchSnapshotResponse', tag, v);
      m.nodeEndpoints = r.list(readNodeEndpoint, v, true, 8);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readTopicSnapshot(r, v) {
  return {
    name: r.string(true),
    partitions: r.list(readPartitionSnapshot, v, true, 37),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionSnapshot(r, v) {
  const m = {
    index: r.int32(),
    errorCode: r.int16(),
    snapshotId: readSnapshotId(r, v),
    currentLeader: { leaderId: 0, leaderEpoch: 0, unknownTaggedFields: noTaggedFields },
    size: r.int64(),
    position: r.int64(),
    unalignedRecords: r.bytes(true),
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.currentLeader = readLeaderIdAndEpoch(r, v);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readSnapshotId(r, v) {
  return {
    endOffset: r.int64(),
    epoch: r.int32(),
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

function readNodeEndpoint(r, v) {
  return {
    nodeId: r.int32(),
    host: r.string(true),
    port: r.uint16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeFetchSnapshotResponse(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('FetchSnapshotResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.list(m.topics ?? emptyList, writeTopicSnapshot, v, true);
  if (!(v >= 1) && ((m.nodeEndpoints !== undefined && m.nodeEndpoints.length !== 0))) refuseField('FetchSnapshotResponse', 'nodeEndpoints', v);
  const t0 = v >= 1 && ((m.nodeEndpoints !== undefined && m.nodeEndpoints.length !== 0));
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.list(m.nodeEndpoints ?? emptyList, writeNodeEndpoint, v, true); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
}

function writeTopicSnapshot(w, m, v) {
  w.string(m.name ?? '', true);
  w.list(m.partitions ?? emptyList, writePartitionSnapshot, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionSnapshot(w, m, v) {
  w.int32(m.index ?? 0);
  w.int16(m.errorCode ?? 0);
  writeSnapshotId(w, m.snapshotId ?? {}, v);
  w.int64(m.size ?? 0n);
  w.int64(m.position ?? 0n);
  w.records(m.unalignedRecords ?? null, true);
  const t0 = (!isDefaultLeaderIdAndEpoch(m.currentLeader));
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); writeLeaderIdAndEpoch(w, m.currentLeader ?? {}, v); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
}

function writeSnapshotId(w, m, v) {
  w.int64(m.endOffset ?? 0n);
  w.int32(m.epoch ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeLeaderIdAndEpoch(w, m, v) {
  w.int32(m.leaderId ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeNodeEndpoint(w, m, v) {
  w.int32(m.nodeId ?? 0);
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function isDefaultLeaderIdAndEpoch(m) {
  return m === undefined || (!(m.leaderId !== undefined && m.leaderId !== 0) && !(m.leaderEpoch !== undefined && m.leaderEpoch !== 0) && !(m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0));
}
