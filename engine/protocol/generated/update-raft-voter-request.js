// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 82;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeUpdateRaftVoterRequest as decode, encodeUpdateRaftVoterRequest as encode };

export function decodeUpdateRaftVoterRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('UpdateRaftVoterRequest', v);
  return {
    clusterId: r.nullableString(true),
    currentLeaderEpoch: r.int32(),
    voterId: r.int32(),
    voterDirectoryId: r.uuid(),
    listeners: r.list(readListener, v, true, 5),
    kRaftVersionFeature: readKRaftVersionFeature(r, v),
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

function readKRaftVersionFeature(r, v) {
  return {
    minSupportedVersion: r.int16(),
    maxSupportedVersion: r.int16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeUpdateRaftVoterRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('UpdateRaftVoterRequest', v);
  w.nullableString(m.clusterId === undefined ? '' : m.clusterId, true);
  w.int32(m.currentLeaderEpoch ?? 0);
  w.int32(m.voterId ?? 0);
  w.uuid(m.voterDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.listeners ?? emptyList, writeListener, v, true);
  writeKRaftVersionFeature(w, m.kRaftVersionFeature ?? {}, v);
  w.unknownTags(m.unknownTaggedFields);
}

function writeListener(w, m, v) {
  w.string(m.name ?? '', true);
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeKRaftVersionFeature(w, m, v) {
  w.int16(m.minSupportedVersion ?? 0);
  w.int16(m.maxSupportedVersion ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
