// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString, readInt8 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeInt8 } from '../writer.ts';

export const apiKey = 71;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeGetTelemetrySubscriptionsResponse as decode, encodeGetTelemetrySubscriptionsResponse as encode };

export function decodeGetTelemetrySubscriptionsResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('GetTelemetrySubscriptionsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    clientInstanceId: r.uuid(),
    subscriptionId: r.int32(),
    acceptedCompressionTypes: r.list(readInt8, v, true, 1),
    pushIntervalMs: r.int32(),
    telemetryMaxBytes: r.int32(),
    deltaTemporality: r.bool(),
    requestedMetrics: r.list(readCompactString, v, true, 1),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeGetTelemetrySubscriptionsResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('GetTelemetrySubscriptionsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.uuid(m.clientInstanceId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.int32(m.subscriptionId ?? 0);
  w.list(m.acceptedCompressionTypes ?? emptyList, writeInt8, v, true);
  w.int32(m.pushIntervalMs ?? 0);
  w.int32(m.telemetryMaxBytes ?? 0);
  w.bool(m.deltaTemporality ?? false);
  w.list(m.requestedMetrics ?? emptyList, writeCompactString, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
