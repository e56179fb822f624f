// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 62;
export const lowestVersion = 0;
export const highestVersion = 4;
export { decodeBrokerRegistrationResponse as decode, encodeBrokerRegistrationResponse as encode };

export function decodeBrokerRegistrationResponse(r, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('BrokerRegistrationResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    brokerEpoch: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeBrokerRegistrationResponse(w, m, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('BrokerRegistrationResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.int64(m.brokerEpoch ?? -1n);
  w.unknownTags(m.unknownTaggedFields);
}
