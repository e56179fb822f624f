// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 15;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeProducerIdsRecord as decode, encodeProducerIdsRecord as encode };

export function decodeProducerIdsRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ProducerIdsRecord', v);
  return {
    brokerId: r.int32(),
    brokerEpoch: r.int64(),
    nextProducerId: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeProducerIdsRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ProducerIdsRecord', v);
  w.int32(m.brokerId ?? 0);
  w.int64(m.brokerEpoch ?? -1n);
  w.int64(m.nextProducerId ?? 0n);
  w.unknownTags(m.unknownTaggedFields);
}
