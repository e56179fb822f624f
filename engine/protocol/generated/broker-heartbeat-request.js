// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseTag, refuseVersion } from '../protocol-error.ts';
import { readUuid } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeUuid } from '../writer.ts';

export const apiKey = 63;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeBrokerHeartbeatRequest as decode, encodeBrokerHeartbeatRequest as encode };

export function decodeBrokerHeartbeatRequest(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('BrokerHeartbeatRequest', v);
  const m = {
    brokerId: r.int32(),
    brokerEpoch: r.int64(),
    currentMetadataOffset: r.int64(),
    wantFence: r.bool(),
    wantShutDown: r.bool(),
    offlineLogDirs: [],
    cordonedLogDirs: null,
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      if (!(v >= 1)) refuseTag('BrokerHeartbeatRequest', tag, v);
      m.offlineLogDirs = r.list(readUuid, v, true, 16);
    }
    else if (tag === 1) {
      if (!(v >= 2)) refuseTag('BrokerHeartbeatRequest', tag, v);
      m.cordonedLogDirs = r.nullableList(readUuid, v, true, 16);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

export function encodeBrokerHeartbeatRequest(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('BrokerHeartbeatRequest', v);
  w.int32(m.brokerId ?? 0);
  w.int64(m.brokerEpoch ?? -1n);
  w.int64(m.currentMetadataOffset ?? 0n);
  w.bool(m.wantFence ?? false);
  w.bool(m.wantShutDown ?? false);
  if (!(v >= 1) && ((m.offlineLogDirs !== undefined && m.offlineLogDirs.length !== 0))) refuseField('BrokerHeartbeatRequest', 'offlineLogDirs', v);
  if (!(v >= 2) && (m.cordonedLogDirs ?? null) !== null) refuseField('BrokerHeartbeatRequest', 'cordonedLogDirs', v);
  const t0 = v >= 1 && ((m.offlineLogDirs !== undefined && m.offlineLogDirs.length !== 0));
  const t1 = v >= 2 && (m.cordonedLogDirs ?? null) !== null;
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (t1 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.list(m.offlineLogDirs ?? emptyList, writeUuid, v, true); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 0, 1);
  if (t1) { const at = w.beginTag(1); w.nullableList(m.cordonedLogDirs ?? null, writeUuid, v, true); w.endTag(at); }
  w.unknownTagsBelow(u, i, 1, Infinity);
}
