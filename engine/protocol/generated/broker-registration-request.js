// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readUuid } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeUuid } from '../writer.ts';

export const apiKey = 62;
export const lowestVersion = 0;
export const highestVersion = 4;
export { decodeBrokerRegistrationRequest as decode, encodeBrokerRegistrationRequest as encode };

export function decodeBrokerRegistrationRequest(r, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('BrokerRegistrationRequest', v);
  return {
    brokerId: r.int32(),
    clusterId: r.string(true),
    incarnationId: r.uuid(),
    listeners: r.list(readListener, v, true, 7),
    features: r.list(readFeature, v, true, 6),
    rack: r.nullableString(true),
    isMigratingZkBroker: v >= 1 ? r.bool() : false,
    logDirs: v >= 2 ? r.list(readUuid, v, true, 16) : [],
    previousBrokerEpoch: v >= 3 ? r.int64() : -1n,
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

export function encodeBrokerRegistrationRequest(w, m, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('BrokerRegistrationRequest', v);
  w.int32(m.brokerId ?? 0);
  w.string(m.clusterId ?? '', true);
  w.uuid(m.incarnationId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.listeners ?? emptyList, writeListener, v, true);
  w.list(m.features ?? emptyList, writeFeature, v, true);
  w.nullableString(m.rack === undefined ? '' : m.rack, true);
  if (v >= 1) { w.bool(m.isMigratingZkBroker ?? false); }
  else if ((m.isMigratingZkBroker !== undefined && m.isMigratingZkBroker !== false)) refuseField('BrokerRegistrationRequest', 'isMigratingZkBroker', v);
  if (v >= 2) { w.list(m.logDirs ?? emptyList, writeUuid, v, true); }
  if (v >= 3) { w.int64(m.previousBrokerEpoch ?? -1n); }
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
