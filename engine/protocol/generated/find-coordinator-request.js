// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readCompactString, readString } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeString } from '../writer.ts';

export const apiKey = 10;
export const lowestVersion = 0;
export const highestVersion = 6;
export { decodeFindCoordinatorRequest as decode, encodeFindCoordinatorRequest as encode };

export function decodeFindCoordinatorRequest(r, v) {
  if (!(v >= 0 && v <= 6)) refuseVersion('FindCoordinatorRequest', v);
  const f = v >= 3;
  return {
    key: v <= 3 ? r.string(f) : '',
    keyType: v >= 1 ? r.int8() : 0,
    coordinatorKeys: v >= 4 ? r.list(f ? readCompactString : readString, v, f, 1) : [],
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeFindCoordinatorRequest(w, m, v) {
  if (!(v >= 0 && v <= 6)) refuseVersion('FindCoordinatorRequest', v);
  const f = v >= 3;
  if (v <= 3) { w.string(m.key ?? '', f); }
  else if ((m.key !== undefined && m.key !== '')) refuseField('FindCoordinatorRequest', 'key', v);
  if (v >= 1) { w.int8(m.keyType ?? 0); }
  else if ((m.keyType !== undefined && m.keyType !== 0)) refuseField('FindCoordinatorRequest', 'keyType', v);
  if (v >= 4) { w.list(m.coordinatorKeys ?? emptyList, f ? writeCompactString : writeString, v, f); }
  else if (((m.coordinatorKeys !== undefined && m.coordinatorKeys.length !== 0))) refuseField('FindCoordinatorRequest', 'coordinatorKeys', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('FindCoordinatorRequest', 'unknownTaggedFields', v);
}
