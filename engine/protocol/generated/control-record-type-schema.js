// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeControlRecordTypeSchema as decode, encodeControlRecordTypeSchema as encode };

export function decodeControlRecordTypeSchema(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ControlRecordTypeSchema', v);
  return {
    type: r.int16(),
  };
}

export function encodeControlRecordTypeSchema(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ControlRecordTypeSchema', v);
  w.int16(m.type ?? 0);
}
