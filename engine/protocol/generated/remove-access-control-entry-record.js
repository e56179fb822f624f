// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 19;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeRemoveAccessControlEntryRecord as decode, encodeRemoveAccessControlEntryRecord as encode };

export function decodeRemoveAccessControlEntryRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoveAccessControlEntryRecord', v);
  return {
    id: r.uuid(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeRemoveAccessControlEntryRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoveAccessControlEntryRecord', v);
  w.uuid(m.id ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.unknownTags(m.unknownTaggedFields);
}
