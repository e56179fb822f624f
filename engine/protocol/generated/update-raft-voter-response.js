// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 82;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeUpdateRaftVoterResponse as decode, encodeUpdateRaftVoterResponse as encode };

export function decodeUpdateRaftVoterResponse(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('UpdateRaftVoterResponse', v);
  const m = {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    currentLeader: { leaderId: -1, leaderEpoch: -1, host: '', port: 0, unknownTaggedFields: noTaggedFields },
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.currentLeader = readCurrentLeader(r, v);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readCurrentLeader(r, v) {
  return {
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    host: r.string(true),
    port: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeUpdateRaftVoterResponse(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('UpdateRaftVoterResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  const t0 = (!isDefaultCurrentLeader(m.currentLeader));
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); writeCurrentLeader(w, m.currentLeader ?? {}, v); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
}

function writeCurrentLeader(w, m, v) {
  w.int32(m.leaderId ?? -1);
  w.int32(m.leaderEpoch ?? -1);
  w.string(m.host ?? '', true);
  w.int32(m.port ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function isDefaultCurrentLeader(m) {
  return m === undefined || (!(m.leaderId !== undefined && m.leaderId !== -1) && !(m.leaderEpoch !== undefined && m.leaderEpoch !== -1) && !(m.host !== undefined && m.host !== '') && !(m.port !== undefined && m.port !== 0) && !(m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0));
}
