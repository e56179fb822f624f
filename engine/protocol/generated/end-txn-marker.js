// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeEndTxnMarker as decode, encodeEndTxnMarker as encode };

export function decodeEndTxnMarker(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('EndTxnMarker', v);
  return {
    coordinatorEpoch: r.int32(),
  };
}

export function encodeEndTxnMarker(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('EndTxnMarker', v);
  w.int32(m.coordinatorEpoch ?? 0);
}
