// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 64;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeUnregisterBrokerRequest as decode, encodeUnregisterBrokerRequest as encode };

export function decodeUnregisterBrokerRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('UnregisterBrokerRequest', v);
  return {
    brokerId: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeUnregisterBrokerRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('UnregisterBrokerRequest', v);
  w.int32(m.brokerId ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
