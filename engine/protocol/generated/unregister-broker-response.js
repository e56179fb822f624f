// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 64;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeUnregisterBrokerResponse as decode, encodeUnregisterBrokerResponse as encode };

export function decodeUnregisterBrokerResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('UnregisterBrokerResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeUnregisterBrokerResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('UnregisterBrokerResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, true);
  w.unknownTags(m.unknownTaggedFields);
}
