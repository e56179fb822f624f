// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 17;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeSaslHandshakeRequest as decode, encodeSaslHandshakeRequest as encode };

export function decodeSaslHandshakeRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('SaslHandshakeRequest', v);
  return {
    mechanism: r.string(false),
  };
}

export function encodeSaslHandshakeRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('SaslHandshakeRequest', v);
  w.string(m.mechanism ?? '', false);
}
