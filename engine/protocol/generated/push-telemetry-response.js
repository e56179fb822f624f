// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 72;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodePushTelemetryResponse as decode, encodePushTelemetryResponse as encode };

export function decodePushTelemetryResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('PushTelemetryResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodePushTelemetryResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('PushTelemetryResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
