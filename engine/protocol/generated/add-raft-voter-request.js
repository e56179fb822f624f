// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 80;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeAddRaftVoterRequest as decode, encodeAddRaftVoterRequest as encode };

export function decodeAddRaftVoterRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('AddRaftVoterRequest', v);
  return {
    clusterId: r.nullableString(true),
    timeoutMs: r.int32(),
    voterId: r.int32(),
    voterDirectoryId: r.uuid(),
    listeners: r.list(readListener, v, true, 5),
    ackWhenCommitted: v >= 1 ? r.bool() : true,
    unknownTaggedFields: r.unknownTags(),
  };
}

function readListener(r, v) {
  return {
    name: r.string(true),
    host: r.string(true),
    port: r.uint16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAddRaftVoterRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('AddRaftVoterRequest', v);
  w.nullableString(m.clusterId === undefined ? '' : m.clusterId, true);
  w.int32(m.timeoutMs ?? 0);
  w.int32(m.voterId ?? 0);
  w.uuid(m.voterDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.listeners ?? emptyList, writeListener, v, true);
  if (v >= 1) { w.bool(m.ackWhenCommitted ?? true); }
  else if ((m.ackWhenCommitted !== undefined && m.ackWhenCommitted !== true)) refuseField('AddRaftVoterRequest', 'ackWhenCommitted', v);
  w.unknownTags(m.unknownTaggedFields);
}

function writeListener(w, m, v) {
  w.string(m.name ?? '', true);
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
