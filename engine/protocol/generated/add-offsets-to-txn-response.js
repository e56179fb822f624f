// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 25;
export const lowestVersion = 0;
export const highestVersion = 4;
export { decodeAddOffsetsToTxnResponse as decode, encodeAddOffsetsToTxnResponse as encode };

export function decodeAddOffsetsToTxnResponse(r, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('AddOffsetsToTxnResponse', v);
  const f = v >= 3;
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeAddOffsetsToTxnResponse(w, m, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('AddOffsetsToTxnResponse', v);
  const f = v >= 3;
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AddOffsetsToTxnResponse', 'unknownTaggedFields', v);
}
