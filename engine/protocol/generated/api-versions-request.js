// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 18;
export const lowestVersion = 0;
export const highestVersion = 4;
export { decodeApiVersionsRequest as decode, encodeApiVersionsRequest as encode };

export function decodeApiVersionsRequest(r, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('ApiVersionsRequest', v);
  const f = v >= 3;
  return {
    clientSoftwareName: v >= 3 ? r.string(f) : '',
    clientSoftwareVersion: v >= 3 ? r.string(f) : '',
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeApiVersionsRequest(w, m, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('ApiVersionsRequest', v);
  const f = v >= 3;
  if (v >= 3) { w.string(m.clientSoftwareName ?? '', f); }
  if (v >= 3) { w.string(m.clientSoftwareVersion ?? '', f); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ApiVersionsRequest', 'unknownTaggedFields', v);
}
