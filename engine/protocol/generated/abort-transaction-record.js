// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 25;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeAbortTransactionRecord as decode, encodeAbortTransactionRecord as encode };

export function decodeAbortTransactionRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AbortTransactionRecord', v);
  const m = {
    reason: null,
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.reason = r.nullableString(true);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

export function encodeAbortTransactionRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AbortTransactionRecord', v);
  const t0 = (m.reason ?? null) !== null;
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.nullableString(m.reason ?? null, true); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
}
