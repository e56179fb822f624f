// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readString } from '../reader.ts';
import { emptyList } from '../types.ts';
import { writeString } from '../writer.ts';

export const apiKey = 17;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeSaslHandshakeResponse as decode, encodeSaslHandshakeResponse as encode };

export function decodeSaslHandshakeResponse(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('SaslHandshakeResponse', v);
  return {
    errorCode: r.int16(),
    mechanisms: r.list(readString, v, false, 1),
  };
}

export function encodeSaslHandshakeResponse(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('SaslHandshakeResponse', v);
  w.int16(m.errorCode ?? 0);
  w.list(m.mechanisms ?? emptyList, writeString, v, false);
}
