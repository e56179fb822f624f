// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyBytes, noTaggedFields } from '../types.ts';

export const apiKey = 36;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeSaslAuthenticateResponse as decode, encodeSaslAuthenticateResponse as encode };

export function decodeSaslAuthenticateResponse(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('SaslAuthenticateResponse', v);
  const f = v >= 2;
  return {
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    authBytes: r.bytes(f),
    sessionLifetimeMs: v >= 1 ? r.int64() : 0n,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeSaslAuthenticateResponse(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('SaslAuthenticateResponse', v);
  const f = v >= 2;
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f);
  w.bytes(m.authBytes ?? emptyBytes, f);
  if (v >= 1) { w.int64(m.sessionLifetimeMs ?? 0n); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('SaslAuthenticateResponse', 'unknownTaggedFields', v);
}
