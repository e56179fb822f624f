// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDefaultPrincipalData as decode, encodeDefaultPrincipalData as encode };

export function decodeDefaultPrincipalData(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DefaultPrincipalData', v);
  return {
    type: r.string(true),
    name: r.string(true),
    tokenAuthenticated: r.bool(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDefaultPrincipalData(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DefaultPrincipalData', v);
  w.string(m.type ?? '', true);
  w.string(m.name ?? '', true);
  w.bool(m.tokenAuthenticated ?? false);
  w.unknownTags(m.unknownTaggedFields);
}
