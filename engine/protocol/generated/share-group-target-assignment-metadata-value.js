// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 12;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeShareGroupTargetAssignmentMetadataValue as decode, encodeShareGroupTargetAssignmentMetadataValue as encode };

export function decodeShareGroupTargetAssignmentMetadataValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupTargetAssignmentMetadataValue', v);
  const m = {
    assignmentEpoch: r.int32(),
    assignmentTimestamp: 0n,
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.assignmentTimestamp = r.int64();
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

export function encodeShareGroupTargetAssignmentMetadataValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ShareGroupTargetAssignmentMetadataValue', v);
  w.int32(m.assignmentEpoch ?? 0);
  const t0 = (m.assignmentTimestamp !== undefined && m.assignmentTimestamp !== 0n);
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.int64(m.assignmentTimestamp ?? 0n); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
}
