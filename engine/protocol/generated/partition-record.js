// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseTag, refuseVersion } from '../protocol-error.ts';
import { readInt32, readUuid } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32, writeUuid } from '../writer.ts';

export const apiKey = 3;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodePartitionRecord as decode, encodePartitionRecord as encode };

export function decodePartitionRecord(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('PartitionRecord', v);
  const m = {
    partitionId: r.int32(),
    topicId: r.uuid(),
    replicas: r.list(readInt32, v, true, 4),
    isr: r.list(readInt32, v, true, 4),
    removingReplicas: r.list(readInt32, v, true, 4),
    addingReplicas: r.list(readInt32, v, true, 4),
    leader: r.int32(),
    leaderRecoveryState: 0,
    leaderEpoch: r.int32(),
    partitionEpoch: r.int32(),
    directories: v >= 1 ? r.list(readUuid, v, true, 16) : [],
    eligibleLeaderReplicas: null,
    lastKnownElr: null,
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.leaderRecoveryState = r.int8();
    }
    else if (tag === 1) {
      if (!(v >= 2)) refuseTag('PartitionRecord', tag, v);
      m.eligibleLeaderReplicas = r.nullableList(readInt32, v, true, 4);
    }
    else if (tag === 2) {
      if (!(v >= 2)) refuseTag('PartitionRecord', tag, v);
      m.lastKnownElr = r.nullableList(readInt32, v, true, 4);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

export function encodePartitionRecord(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('PartitionRecord', v);
  w.int32(m.partitionId ?? -1);
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.replicas ?? emptyList, writeInt32, v, true);
  w.list(m.isr ?? emptyList, writeInt32, v, true);
  w.list(m.removingReplicas ?? emptyList, writeInt32, v, true);
  w.list(m.addingReplicas ?? emptyList, writeInt32, v, true);
  w.int32(m.leader ?? -1);
  w.int32(m.leaderEpoch ?? -1);
  w.int32(m.partitionEpoch ?? -1);
  if (v >= 1) { w.list(m.directories ?? emptyList, writeUuid, v, true); }
  else if (((m.directories !== undefined && m.directories.length !== 0))) refuseField('PartitionRecord', 'directories', v);
  if (!(v >= 2) && (m.eligibleLeaderReplicas ?? null) !== null) refuseField('PartitionRecord', 'eligibleLeaderReplicas', v);
  if (!(v >= 2) && (m.lastKnownElr ?? null) !== null) refuseField('PartitionRecord', 'lastKnownElr', v);
  const t0 = (m.leaderRecoveryState !== undefined && m.leaderRecoveryState !== 0);
  const t1 = v >= 2 && (m.eligibleLeaderReplicas ?? null) !== null;
  const t2 = v >= 2 && (m.lastKnownElr ?? null) !== null;
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (t1 ? 1 : 0) + (t2 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.int8(m.leaderRecoveryState ?? 0); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 0, 1);
  if (t1) { const at = w.beginTag(1); w.nullableList(m.eligibleLeaderReplicas ?? null, writeInt32, v, true); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 1, 2);
  if (t2) { const at = w.beginTag(2); w.nullableList(m.lastKnownElr ?? null, writeInt32, v, true); w.endTag(at); }
  w.unknownTagsBelow(u, i, 2, Infinity);
}
