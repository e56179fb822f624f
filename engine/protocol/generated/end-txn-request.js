// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 26;
export const lowestVersion = 0;
export const highestVersion = 5;
export { decodeEndTxnRequest as decode, encodeEndTxnRequest as encode };

export function decodeEndTxnRequest(r, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('EndTxnRequest', v);
  const f = v >= 3;
  return {
    transactionalId: r.string(f),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    committed: r.bool(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeEndTxnRequest(w, m, v) {
  if (!(v >= 0 && v <= 5)) refuseVersion('EndTxnRequest', v);
  const f = v >= 3;
  w.string(m.transactionalId ?? '', f);
  w.int64(m.producerId ?? 0n);
  w.int16(m.producerEpoch ?? 0);
  w.bool(m.committed ?? false);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('EndTxnRequest', 'unknownTaggedFields', v);
}
