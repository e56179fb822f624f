// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseTag, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 59;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeFetchSnapshotRequest as decode, encodeFetchSnapshotRequest as encode };

export function decodeFetchSnapshotRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('FetchSnapshotRequest', v);
  const m = {
    clusterId: null,
    replicaId: r.int32(),
    maxBytes: r.int32(),
    topics: r.list(readTopicSnapshot, v, true, 3),
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.clusterId = r.nullableString(true);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readTopicSnapshot(r, v) {
  return {
    name: r.string(true),
    partitions: r.list(readPartitionSnapshot, v, true, 30),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionSnapshot(r, v) {
  const m = {
    partition: r.int32(),
    currentLeaderEpoch: r.int32(),
    snapshotId: readSnapshotId(r, v),
    position: r.int64(),
    replicaDirectoryId: 'AAAAAAAAAAAAAAAAAAAAAA',
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      if (!(v >= 1)) refuseTag('PartitionSnapshot', tag, v);
      m.replicaDirectoryId = r.uuid();
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

export function encodeFetchSnapshotRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('FetchSnapshotRequest', v);
  w.int32(m.replicaId ?? -1);
  w.int32(m.maxBytes ?? 2147483647);
  w.list(m.topics ?? emptyList, writeTopicSnapshot, v, true);
  const t0 = (m.clusterId ?? null) !== null;
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.nullableString(m.clusterId ?? null, true); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
}

function writeTopicSnapshot(w, m, v) {
  w.string(m.name ?? '', true);
  w.list(m.partitions ?? emptyList, writePartitionSnapshot, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionSnapshot(w, m, v) {
  w.int32(m.partition ?? 0);
  w.int32(m.currentLeaderEpoch ?? 0);
  writeSnapshotId(w, m.snapshotId ?? {}, v);
  w.int64(m.position ?? 0n);
  const t0 = v >= 1 && (m.replicaDirectoryId !== undefined && m.replicaDirectoryId !== 'AAAAAAAAAAAAAAAAAAAAAA');
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.uuid(m.replicaDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
}

function writeSnapshotId(w, m, v) {
  w.int64(m.endOffset ?? 0n);
  w.int32(m.epoch ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
