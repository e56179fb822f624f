// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyBytes, noTaggedFields } from '../types.ts';

export const apiKey = 58;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeEnvelopeRequest as decode, encodeEnvelopeRequest as encode };

export function decodeEnvelopeRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('EnvelopeRequest', v);
  return {
    requestData: r.bytes(true),
    requestPrincipal: r.nullableBytes(true),
    clientHostAddress: r.bytes(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeEnvelopeRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('EnvelopeRequest', v);
  w.bytes(m.requestData ?? emptyBytes, true);
  w.nullableBytes(m.requestPrincipal === undefined ? emptyBytes : m.requestPrincipal, true);
  w.bytes(m.clientHostAddress ?? emptyBytes, true);
  w.unknownTags(m.unknownTaggedFields);
}
