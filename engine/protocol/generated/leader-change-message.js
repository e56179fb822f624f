// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeLeaderChangeMessage as decode, encodeLeaderChangeMessage as encode };

export function decodeLeaderChangeMessage(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('LeaderChangeMessage', v);
  return {
    version: r.int16(),
    leaderId: r.int32(),
    voters: r.list(readVoter, v, true, 5),
    grantingVoters: r.list(readVoter, v, true, 5),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readVoter(r, v) {
  return {
    voterId: r.int32(),
    voterDirectoryId: v >= 1 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeLeaderChangeMessage(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('LeaderChangeMessage', v);
  w.int16(m.version ?? 0);
  w.int32(m.leaderId ?? 0);
  w.list(m.voters ?? emptyList, writeVoter, v, true);
  w.list(m.grantingVoters ?? emptyList, writeVoter, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeVoter(w, m, v) {
  w.int32(m.voterId ?? 0);
  if (v >= 1) { w.uuid(m.voterDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  else if ((m.voterDirectoryId !== undefined && m.voterDirectoryId !== 'AAAAAAAAAAAAAAAAAAAAAA')) refuseField('Voter', 'voterDirectoryId', v);
  w.unknownTags(m.unknownTaggedFields);
}
