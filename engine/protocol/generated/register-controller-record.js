// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 27;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeRegisterControllerRecord as decode, encodeRegisterControllerRecord as encode };

export function decodeRegisterControllerRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RegisterControllerRecord', v);
  return {
    controllerId: r.int32(),
    incarnationId: r.uuid(),
    zkMigrationReady: r.bool(),
    endPoints: r.list(readControllerEndpoint, v, true, 7),
    features: r.list(readControllerFeature, v, true, 6),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readControllerEndpoint(r, v) {
  return {
    name: r.string(true),
    host: r.string(true),
    port: r.uint16(),
    securityProtocol: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readControllerFeature(r, v) {
  return {
    name: r.string(true),
    minSupportedVersion: r.int16(),
    maxSupportedVersion: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeRegisterControllerRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RegisterControllerRecord', v);
  w.int32(m.controllerId ?? 0);
  w.uuid(m.incarnationId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.bool(m.zkMigrationReady ?? false);
  w.list(m.endPoints ?? emptyList, writeControllerEndpoint, v, true);
  w.list(m.features ?? emptyList, writeControllerFeature, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeControllerEndpoint(w, m, v) {
  w.string(m.name ?? '', true);
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.int16(m.securityProtocol ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeControllerFeature(w, m, v) {
  w.string(m.name ?? '', true);
  w.int16(m.minSupportedVersion ?? 0);
  w.int16(m.maxSupportedVersion ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
