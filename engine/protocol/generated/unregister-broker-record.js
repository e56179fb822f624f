// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 1;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeUnregisterBrokerRecord as decode, encodeUnregisterBrokerRecord as encode };

export function decodeUnregisterBrokerRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('UnregisterBrokerRecord', v);
  return {
    brokerId: r.int32(),
    brokerEpoch: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeUnregisterBrokerRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('UnregisterBrokerRecord', v);
  w.int32(m.brokerId ?? 0);
  w.int64(m.brokerEpoch ?? 0n);
  w.unknownTags(m.unknownTaggedFields);
}
