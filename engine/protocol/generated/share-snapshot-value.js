// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 0;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareSnapshotValue as decode, encodeShareSnapshotValue as encode };

export function decodeShareSnapshotValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareSnapshotValue', v);
  const m = {
    snapshotEpoch: r.int32(),
    stateEpoch: r.int32(),
    leaderEpoch: r.int32(),
    startOffset: r.int64(),
    deliveryCompleteCount: -1,
    createTimestamp: r.int64(),
    writeTimestamp: r.int64(),
    stateBatches: r.list(readStateBatch, v, true, 20),
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.deliveryCompleteCount = r.int32();
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readStateBatch(r, v) {
  return {
    firstOffset: r.int64(),
    lastOffset: r.int64(),
    deliveryState: r.int8(),
    deliveryCount: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeShareSnapshotValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareSnapshotValue', v);
  w.int32(m.snapshotEpoch ?? 0);
  w.int32(m.stateEpoch ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  w.int64(m.startOffset ?? 0n);
  w.int64(m.createTimestamp ?? 0n);
  w.int64(m.writeTimestamp ?? 0n);
  w.list(m.stateBatches ?? emptyList, writeStateBatch, v, true);
  const t0 = (m.deliveryCompleteCount !== undefined && m.deliveryCompleteCount !== -1);
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.int32(m.deliveryCompleteCount ?? -1); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
}

function writeStateBatch(w, m, v) {
  w.int64(m.firstOffset ?? 0n);
  w.int64(m.lastOffset ?? 0n);
  w.int8(m.deliveryState ?? 0);
  w.int16(m.deliveryCount ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
