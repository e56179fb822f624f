// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyBytes, noTaggedFields } from '../types.ts';

export const apiKey = 36;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeSaslAuthenticateRequest as decode, encodeSaslAuthenticateRequest as encode };

export function decodeSaslAuthenticateRequest(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('SaslAuthenticateRequest', v);
  const f = v >= 2;
  return {
    authBytes: r.bytes(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeSaslAuthenticateRequest(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('SaslAuthenticateRequest', v);
  const f = v >= 2;
  w.bytes(m.authBytes ?? emptyBytes, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('SaslAuthenticateRequest', 'unknownTaggedFields', v);
}
