// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const lowestVersion = 1;
export const highestVersion = 2;
export { decodeRequestHeader as decode, encodeRequestHeader as encode };

export function decodeRequestHeader(r, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('RequestHeader', v);
  const f = v >= 2;
  return {
    requestApiKey: r.int16(),
    requestApiVersion: r.int16(),
    correlationId: r.int32(),
    clientId: r.nullableString(false),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeRequestHeader(w, m, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('RequestHeader', v);
  const f = v >= 2;
  w.int16(m.requestApiKey ?? 0);
  w.int16(m.requestApiVersion ?? 0);
  w.int32(m.correlationId ?? 0);
  w.nullableString(m.clientId === undefined ? '' : m.clientId, false);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('RequestHeader', 'unknownTaggedFields', v);
}
