// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeResponseHeader as decode, encodeResponseHeader as encode };

export function decodeResponseHeader(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ResponseHeader', v);
  const f = v >= 1;
  return {
    correlationId: r.int32(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeResponseHeader(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ResponseHeader', v);
  const f = v >= 1;
  w.int32(m.correlationId ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ResponseHeader', 'unknownTaggedFields', v);
}
