// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 63;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeBrokerHeartbeatResponse as decode, encodeBrokerHeartbeatResponse as encode };

export function decodeBrokerHeartbeatResponse(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('BrokerHeartbeatResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    isCaughtUp: r.bool(),
    isFenced: r.bool(),
    shouldShutDown: r.bool(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeBrokerHeartbeatResponse(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('BrokerHeartbeatResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.bool(m.isCaughtUp ?? false);
  w.bool(m.isFenced ?? true);
  w.bool(m.shouldShutDown ?? false);
  w.unknownTags(m.unknownTaggedFields);
}
