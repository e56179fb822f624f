// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 70;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeControllerRegistrationRequest as decode, encodeControllerRegistrationRequest as encode };

export function decodeControllerRegistrationRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ControllerRegistrationRequest', v);
  return {
    controllerId: r.int32(),
    incarnationId: r.uuid(),
    zkMigrationReady: r.bool(),
    listeners: r.list(readListener, v, true, 7),
    features: r.list(readFeature, v, true, 6),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readListener(r, v) {
  return {
    name: r.string(true),
    host: r.string(true),
    port: r.uint16(),
    securityProtocol: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readFeature(r, v) {
  return {
    name: r.string(true),
    minSupportedVersion: r.int16(),
    maxSupportedVersion: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeControllerRegistrationRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ControllerRegistrationRequest', v);
  w.int32(m.controllerId ?? 0);
  w.uuid(m.incarnationId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.bool(m.zkMigrationReady ?? false);
  w.list(m.listeners ?? emptyList, writeListener, v, true);
  w.list(m.features ?? emptyList, writeFeature, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeListener(w, m, v) {
  w.string(m.name ?? '', true);
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.int16(m.securityProtocol ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeFeature(w, m, v) {
  w.string(m.name ?? '', true);
  w.int16(m.minSupportedVersion ?? 0);
  w.int16(m.maxSupportedVersion ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
