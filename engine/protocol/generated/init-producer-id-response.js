// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 22;
export const lowestVersion = 0;
export const highestVersion = 6;
export { decodeInitProducerIdResponse as decode, encodeInitProducerIdResponse as encode };

export function decodeInitProducerIdResponse(r, v) {
  if (!(v >= 0 && v <= 6)) refuseVersion('InitProducerIdResponse', v);
  const f = v >= 2;
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    producerId: r.int64(),
    producerEpoch: r.int16(),
    ongoingTxnProducerId: v >= 6 ? r.int64() : -1n,
    ongoingTxnProducerEpoch: v >= 6 ? r.int16() : -1,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeInitProducerIdResponse(w, m, v) {
  if (!(v >= 0 && v <= 6)) refuseVersion('InitProducerIdResponse', v);
  const f = v >= 2;
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.int64(m.producerId ?? -1n);
  w.int16(m.producerEpoch ?? 0);
  if (v >= 6) { w.int64(m.ongoingTxnProducerId ?? -1n); }
  else if ((m.ongoingTxnProducerId !== undefined && m.ongoingTxnProducerId !== -1n)) refuseField('InitProducerIdResponse', 'ongoingTxnProducerId', v);
  if (v >= 6) { w.int16(m.ongoingTxnProducerEpoch ?? -1); }
  else if ((m.ongoingTxnProducerEpoch !== undefined && m.ongoingTxnProducerEpoch !== -1)) refuseField('InitProducerIdResponse', 'ongoingTxnProducerEpoch', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('InitProducerIdResponse', 'unknownTaggedFields', v);
}
