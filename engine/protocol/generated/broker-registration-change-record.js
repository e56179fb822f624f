// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseTag, refuseVersion } from '../protocol-error.ts';
import { readUuid } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeUuid } from '../writer.ts';

export const apiKey = 17;
export const lowestVersion = 0;
export const highestVersion = 3;
export { decodeBrokerRegistrationChangeRecord as decode, encodeBrokerRegistrationChangeRecord as encode };

export function decodeBrokerRegistrationChangeRecord(r, v) {
  if (!(v >= 0 && v <= 3)) refuseVersion('BrokerRegistrationChangeRecord', v);
  const m = {
    brokerId: r.int32(),
    brokerEpoch: r.int64(),
    fenced: 0,
    inControlledShutdown: 0,
    logDirs: [],
    cordonedLogDirs: null,
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.fenced = r.int8();
    }
    else if (tag === 1) {
      if (!(v >= 1)) refuseTag('BrokerRegistrationChangeRecord', tag, v);
      m.inControlledShutdown = r.int8();
    }
    else if (tag === 2) {
      if (!(v >= 2)) refuseTag('BrokerRegistrationChangeRecord', tag, v);
      m.logDirs = r.list(readUuid, v, true, 16);
    }
    else if (tag === 3) {
      if (!(v >= 3)) refuseTag('BrokerRegistrationChangeRecord', tag, v);
      m.cordonedLogDirs = r.nullableList(readUuid, v, true, 16);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

export function encodeBrokerRegistrationChangeRecord(w, m, v) {
  if (!(v >= 0 && v <= 3)) refuseVersion('BrokerRegistrationChangeRecord', v);
  w.int32(m.brokerId ?? 0);
  w.int64(m.brokerEpoch ?? 0n);
  if (!(v >= 1) && (m.inControlledShutdown !== undefined && m.inControlledShutdown !== 0)) refuseField('BrokerRegistrationChangeRecord', 'inControlledShutdown', v);
  if (!(v >= 2) && ((m.logDirs !== undefined && m.logDirs.length !== 0))) refuseField('BrokerRegistrationChangeRecord', 'logDirs', v);
  if (!(v >= 3) && (m.cordonedLogDirs ?? null) !== null) refuseField('BrokerRegistrationChangeRecord', 'cordonedLogDirs', v);
  const t0 = (m.fenced !== undefined && m.fenced !== 0);
  const t1 = v >= 1 && (m.inControlledShutdown !== undefined && m.inControlledShutdown !== 0);
  const t2 = v >= 2 && ((m.logDirs !== undefined && m.logDirs.length !== 0));
  const t3 = v >= 3 && (m.cordonedLogDirs ?? null) !== null;
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (t1 ? 1 : 0) + (t2 ? 1 : 0) + (t3 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.int8(m.fenced ?? 0); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 0, 1);
  if (t1) { const at = w.beginTag(1); w.int8(m.inControlledShutdown ?? 0); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 1, 2);
  if (t2) { const at = w.beginTag(2); w.list(m.logDirs ?? emptyList, writeUuid, v, true); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 2, 3);
  if (t3) { const at = w.beginTag(3); w.nullableList(m.cordonedLogDirs ?? null, writeUuid, v, true); w.endTag(at); }
  w.unknownTagsBelow(u, i, 3, Infinity);
}
