// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseTag, refuseVersion } from '../protocol-error.ts';
import { readUuid } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeUuid } from '../writer.ts';

export const apiKey = 0;
export const lowestVersion = 0;
export const highestVersion = 4;
export { decodeRegisterBrokerRecord as decode, encodeRegisterBrokerRecord as encode };

export function decodeRegisterBrokerRecord(r, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('RegisterBrokerRecord', v);
  const m = {
    brokerId: r.int32(),
    isMigratingZkBroker: v >= 2 ? r.bool() : false,
    incarnationId: r.uuid(),
    brokerEpoch: r.int64(),
    endPoints: r.list(readBrokerEndpoint, v, true, 7),
    features: r.list(readBrokerFeature, v, true, 6),
    rack: r.nullableString(true),
    fenced: r.bool(),
    inControlledShutdown: v >= 1 ? r.bool() : false,
    logDirs: [],
    cordonedLogDirs: null,
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      if (!(v >= 3)) refuseTag('RegisterBrokerRecord', tag, v);
      m.logDirs = r.list(readUuid, v, true, 16);
    }
    else if (tag === 1) {
      if (!(v >= 4)) refuseTag('RegisterBrokerRecord', tag, v);
      m.cordonedLogDirs = r.nullableList(readUuid, v, true, 16);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readBrokerEndpoint(r, v) {
  return {
    name: r.string(true),
    host: r.string(true),
    port: r.uint16(),
    securityProtocol: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readBrokerFeature(r, v) {
  return {
    name: r.string(true),
    minSupportedVersion: r.int16(),
    maxSupportedVersion: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeRegisterBrokerRecord(w, m, v) {
  if (!(v >= 0 && v <= 4)) refuseVersion('RegisterBrokerRecord', v);
  w.int32(m.brokerId ?? 0);
  if (v >= 2) { w.bool(m.isMigratingZkBroker ?? false); }
  else if ((m.isMigratingZkBroker !== undefined && m.isMigratingZkBroker !== false)) refuseField('RegisterBrokerRecord', 'isMigratingZkBroker', v);
  w.uuid(m.incarnationId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.int64(m.brokerEpoch ?? 0n);
  w.list(m.endPoints ?? emptyList, writeBrokerEndpoint, v, true);
  w.list(m.features ?? emptyList, writeBrokerFeature, v, true);
  w.nullableString(m.rack === undefined ? '' : m.rack, true);
  w.bool(m.fenced ?? true);
  if (v >= 1) { w.bool(m.inControlledShutdown ?? false); }
  else if ((m.inControlledShutdown !== undefined && m.inControlledShutdown !== false)) refuseField('RegisterBrokerRecord', 'inControlledShutdown', v);
  if (!(v >= 3) && ((m.logDirs !== undefined && m.logDirs.length !== 0))) refuseField('RegisterBrokerRecord', 'logDirs', v);
  if (!(v >= 4) && (m.cordonedLogDirs ?? null) !== null) refuseField('RegisterBrokerRecord', 'cordonedLogDirs', v);
  const t0 = v >= 3 && ((m.logDirs !== undefined && m.logDirs.length !== 0));
  const t1 = v >= 4 && (m.cordonedLogDirs ?? null) !== null;
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (t1 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.list(m.logDirs ?? emptyList, writeUuid, v, true); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 0, 1);
  if (t1) { const at = w.beginTag(1); w.nullableList(m.cordonedLogDirs ?? null, writeUuid, v, true); w.endTag(at); }
  w.unknownTagsBelow(u, i, 1, Infinity);
}

function writeBrokerEndpoint(w, m, v) {
  w.string(m.name ?? '', true);
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.int16(m.securityProtocol ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeBrokerFeature(w, m, v) {
  w.string(m.name ?? '', true);
  w.int16(m.minSupportedVersion ?? 0);
  w.int16(m.maxSupportedVersion ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
