// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 25;
export const lowestVersion = 0;
export const highestVersion = 4;
export { decodeAddOffsetsToTxnRequest as decode, encodeAddOffsetsToTxnRequest as encode };

export function decodeAddOffsetsToTxnRequest(r, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('AddOffsetsToTxnRequest', v);
  const f = v >= 3;
  return {
    transactionalId: r.string(f),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    groupId: r.string(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeAddOffsetsToTxnRequest(w, m, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('AddOffsetsToTxnRequest', v);
  const f = v >= 3;
  w.string(m.transactionalId ?? '', f);
  w.int64(m.producerId ?? 0n);
  w.int16(m.producerEpoch ?? 0);
  w.string(m.groupId ?? '', f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AddOffsetsToTxnRequest', 'unknownTaggedFields', v);
}
