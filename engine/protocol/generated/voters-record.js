// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeVotersRecord as decode, encodeVotersRecord as encode };

export function decodeVotersRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('VotersRecord', v);
  return {
    version: r.int16(),
    voters: r.list(readVoter, v, true, 27),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readVoter(r, v) {
  return {
    voterId: r.int32(),
    voterDirectoryId: r.uuid(),
    endpoints: r.list(readEndpoint, v, true, 5),
    kRaftVersionFeature: readKRaftVersionFeature(r, v),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readEndpoint(r, v) {
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

export function encodeVotersRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('VotersRecord', v);
  w.int16(m.version ?? 0);
  w.list(m.voters ?? emptyList, writeVoter, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeVoter(w, m, v) {
  w.int32(m.voterId ?? 0);
  w.uuid(m.voterDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.endpoints ?? emptyList, writeEndpoint, v, true);
  writeKRaftVersionFeature(w, m.kRaftVersionFeature ?? {}, v);
  w.unknownTags(m.unknownTaggedFields);
}

function writeEndpoint(w, m, v) {
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
