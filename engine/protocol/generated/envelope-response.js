// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 58;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeEnvelopeResponse as decode, encodeEnvelopeResponse as encode };

export function decodeEnvelopeResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('EnvelopeResponse', v);
  return {
    responseData: r.nullableBytes(true),
    errorCode: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeEnvelopeResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('EnvelopeResponse', v);
  w.nullableBytes(m.responseData ?? null, true);
  w.int16(m.errorCode ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
