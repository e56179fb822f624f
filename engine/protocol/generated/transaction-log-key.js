// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';

export const apiKey = 0;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeTransactionLogKey as decode, encodeTransactionLogKey as encode };

export function decodeTransactionLogKey(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('TransactionLogKey', v);
  return {
    transactionalId: r.string(false),
  };
}

export function encodeTransactionLogKey(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('TransactionLogKey', v);
  w.string(m.transactionalId ?? '', false);
}
