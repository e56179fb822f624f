// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 26;
export const lowestVersion = 0;
export const highestVersion = 5;
export { decodeEndTxnResponse as decode, encodeEndTxnResponse as encode };

export function decodeEndTxnResponse(r, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('EndTxnResponse', v);
  const f = v >= 3;
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    producerId: v >= 5 ? r.int64() : -1n,
    producerEpoch: v >= 5 ? r.int16() : -1,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeEndTxnResponse(w, m, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('EndTxnResponse', v);
  const f = v >= 3;
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  if (v >= 5) { w.int64(m.producerId ?? -1n); }
  if (v >= 5) { w.int16(m.producerEpoch ?? -1); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('EndTxnResponse', 'unknownTaggedFields', v);
}
