// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 71;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeGetTelemetrySubscriptionsRequest as decode, encodeGetTelemetrySubscriptionsRequest as encode };

export function decodeGetTelemetrySubscriptionsRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('GetTelemetrySubscriptionsRequest', v);
  return {
    clientInstanceId: r.uuid(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeGetTelemetrySubscriptionsRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('GetTelemetrySubscriptionsRequest', v);
  w.uuid(m.clientInstanceId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.unknownTags(m.unknownTaggedFields);
}
