// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 1;
export const lowestVersion = 0;
export const highestVersion = 4;
export { decodeOffsetCommitValue as decode, encodeOffsetCommitValue as encode };

export function decodeOffsetCommitValue(r, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('OffsetCommitValue', v);
  const f = v >= 4;
  const m = {
    offset: r.int64(),
    leaderEpoch: v >= 3 ? r.int32() : -1,
    metadata: r.string(f),
    commitTimestamp: r.int64(),
    expireTimestamp: v === 1 ? r.int64() : -1n,
    topicId: 'AAAAAAAAAAAAAAAAAAAAAA',
    unknownTaggedFields: noTaggedFields,
  };
  if (f) for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.topicId = r.uuid();
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

export function encodeOffsetCommitValue(w, m, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('OffsetCommitValue', v);
  const f = v >= 4;
  w.int64(m.offset ?? 0n);
  if (v >= 3) { w.int32(m.leaderEpoch ?? -1); }
  w.string(m.metadata ?? '', f);
  w.int64(m.commitTimestamp ?? 0n);
  if (v === 1) { w.int64(m.expireTimestamp ?? -1n); }
  if (f) {
    const t0 = v >= 4 && (m.topicId !== undefined && m.topicId !== 'AAAAAAAAAAAAAAAAAAAAAA');
    const u = m.unknownTaggedFields;
    w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
    let i = 0;
    i = w.unknownTagsBelow(u, i, -1, 0);
    if (t0) { const at = w.beginTag(0); w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); w.endTag(at); }
    w.unknownTagsBelow(u, i, 0, Infinity);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('OffsetCommitValue', 'unknownTaggedFields', v);
}
