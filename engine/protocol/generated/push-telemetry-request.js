// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyBytes, noTaggedFields } from '../types.ts';

export const apiKey = 72;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodePushTelemetryRequest as decode, encodePushTelemetryRequest as encode };

export function decodePushTelemetryRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('PushTelemetryRequest', v);
  return {
    clientInstanceId: r.uuid(),
    subscriptionId: r.int32(),
    terminating: r.bool(),
    compressionType: r.int8(),
    metrics: r.bytes(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodePushTelemetryRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('PushTelemetryRequest', v);
  w.uuid(m.clientInstanceId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.int32(m.subscriptionId ?? 0);
  w.bool(m.terminating ?? false);
  w.int8(m.compressionType ?? 0);
  w.bytes(m.metrics ?? emptyBytes, true);
  w.unknownTags(m.unknownTaggedFields);
}
