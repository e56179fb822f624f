// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseTag, refuseVersion } from '../protocol-error.ts';
import { readInt32, readUuid } from '../reader.ts';
import { noTaggedFields } from '../types.ts';
import { writeInt32, writeUuid } from '../writer.ts';

export const apiKey = 5;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodePartitionChangeRecord as decode, encodePartitionChangeRecord as encode };

export function decodePartitionChangeRecord(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('PartitionChangeRecord', v);
  const m = {
    partitionId: r.int32(),
    topicId: r.uuid(),
    isr: null,
    leader: -2,
    replicas: null,
    removingReplicas: null,
    addingReplicas: null,
    leaderRecoveryState: -1,
    directories: null,
    eligibleLeaderReplicas: null,
    lastKnownElr: null,
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.isr = r.nullableList(readInt32, v, true, 4);
    }
    else if (tag === 1) {
      m.leader = r.int32();
    }
    else if (tag === 2) {
      m.replicas = r.nullableList(readInt32, v, true, 4);
    }
    else if (tag === 3) {
      m.removingReplicas = r.nullableList(readInt32, v, true, 4);
    }
    else if (tag === 4) {
      m.addingReplicas = r.nullableList(readInt32, v, true, 4);
    }
    else if (tag === 5) {
      m.leaderRecoveryState = r.int8();
    }
    else if (tag === 6) {
      if (!(v >= 2)) refuseTag('PartitionChangeRecord', tag, v);
      m.eligibleLeaderReplicas = r.nullableList(readInt32, v, true, 4);
    }
    else if (tag === 7) {
      if (!(v >= 2)) refuseTag('PartitionChangeRecord', tag, v);
      m.lastKnownElr = r.nullableList(readInt32, v, true, 4);
    }
    else if (tag === 8) {
      if (!(v >= 1)) refuseTag('PartitionChangeRecord', tag, v);
      m.directories = r.nullableList(readUuid, v, true, 16);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

export function encodePartitionChangeRecord(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('PartitionChangeRecord', v);
  w.int32(m.partitionId ?? -1);
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  if (!(v >= 1) && (m.directories ?? null) !== null) refuseField('PartitionChangeRecord', 'directories', v);
  if (!(v >= 2) && (m.eligibleLeaderReplicas ?? null) !== null) refuseField('PartitionChangeRecord', 'eligibleLeaderReplicas', v);
  if (!(v >= 2) && (m.lastKnownElr ?? null) !== null) refuseField('PartitionChangeRecord', 'lastKnownElr', v);
  const t0 = (m.isr ?? null) !== null;
  const t1 = (m.leader !== undefined && m.leader !== -2);
  const t2 = (m.replicas ?? null) !== null;
  const t3 = (m.removingReplicas ?? null) !== null;
  const t4 = (m.addingReplicas ?? null) !== null;
  const t5 = (m.leaderRecoveryState !== undefined && m.leaderRecoveryState !== -1);
  const t6 = v >= 2 && (m.eligibleLeaderReplicas ?? null) !== null;
  const t7 = v >= 2 && (m.lastKnownElr ?? null) !== null;
  const t8 = v >= 1 && (m.directories ?? null) !== null;
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (t1 ? 1 : 0) + (t2 ? 1 : 0) + (t3 ? 1 : 0) + (t4 ? 1 : 0) + (t5 ? 1 : 0) + (t6 ? 1 : 0) + (t7 ? 1 : 0) + (t8 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.nullableList(m.isr ?? null, writeInt32, v, true); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 0, 1);
  if (t1) { const at = w.beginTag(1); w.int32(m.leader ?? -2); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 1, 2);
  if (t2) { const at = w.beginTag(2); w.nullableList(m.replicas ?? null, writeInt32, v, true); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 2, 3);
  if (t3) { const at = w.beginTag(3); w.nullableList(m.removingReplicas ?? null, writeInt32, v, true); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 3, 4);
  if (t4) { const at = w.beginTag(4); w.nullableList(m.addingReplicas ?? null, writeInt32, v, true); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 4, 5);
  if (t5) { const at = w.beginTag(5); w.int8(m.leaderRecoveryState ?? -1); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 5, 6);
  if (t6) { const at = w.beginTag(6); w.nullableList(m.eligibleLeaderReplicas ?? null, writeInt32, v, true); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 6, 7);
  if (t7) { const at = w.beginTag(7); w.nullableList(m.lastKnownElr ?? null, writeInt32, v, true); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 7, 8);
  if (t8) { const at = w.beginTag(8); w.nullableList(m.directories ?? null, writeUuid, v, true); w.endTag(at); }
  w.unknownTagsBelow(u, i, 8, Infinity);
}
