// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 67;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeAllocateProducerIdsRequest as decode, encodeAllocateProducerIdsRequest as encode };

export function decodeAllocateProducerIdsRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AllocateProducerIdsRequest', v);
  return {
    brokerId: r.int32(),
    brokerEpoch: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAllocateProducerIdsRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('AllocateProducerIdsRequest', v);
  w.int32(m.brokerId ?? 0);
  w.int64(m.brokerEpoch ?? -1n);
  w.unknownTags(m.unknownTaggedFields);
}
