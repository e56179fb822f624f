// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 22;
export const lowestVersion = 0;
export const highestVersion = 6;
export { decodeInitProducerIdRequest as decode, encodeInitProducerIdRequest as encode };

export function decodeInitProducerIdRequest(r, v) {
  if (!(v >= 0 && v <= 6)) refuseVersion('InitProducerIdRequest', v);
  const f = v >= 2;
  return {
    transactionalId: r.nullableString(f),
    transactionTimeoutMs: r.int32(),
    producerId: v >= 3 ? r.int64() : -1n,
    producerEpoch: v >= 3 ? r.int16() : -1,
    enable2Pc: v >= 6 ? r.bool() : false,
    keepPreparedTxn: v >= 6 ? r.bool() : false,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeInitProducerIdRequest(w, m, v) {
  if (!(v >= 0 && v <= 6)) refuseVersion('InitProducerIdRequest', v);
  const f = v >= 2;
  w.nullableString(m.transactionalId === undefined ? '' : m.transactionalId, f);
  w.int32(m.transactionTimeoutMs ?? 0);
  if (v >= 3) { w.int64(m.producerId ?? -1n); }
  else if ((m.producerId !== undefined && m.producerId !== -1n)) refuseField('InitProducerIdRequest', 'producerId', v);
  if (v >= 3) { w.int16(m.producerEpoch ?? -1); }
  else if ((m.producerEpoch !== undefined && m.producerEpoch !== -1)) refuseField('InitProducerIdRequest', 'producerEpoch', v);
  if (v >= 6) { w.bool(m.enable2Pc ?? false); }
  else if ((m.enable2Pc !== undefined && m.enable2Pc !== false)) refuseField('InitProducerIdRequest', 'enable2Pc', v);
  if (v >= 6) { w.bool(m.keepPreparedTxn ?? false); }
  else if ((m.keepPreparedTxn !== undefined && m.keepPreparedTxn !== false)) refuseField('InitProducerIdRequest', 'keepPreparedTxn', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('InitProducerIdRequest', 'unknownTaggedFields', v);
}
