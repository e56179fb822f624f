// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeQuorumStateData as decode, encodeQuorumStateData as encode };

export function decodeQuorumStateData(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('QuorumStateData', v);
  return {
    clusterId: v <= 0 ? r.string(true) : '',
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    votedId: r.int32(),
    votedDirectoryId: v >= 1 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    appliedOffset: v <= 0 ? r.int64() : 0n,
    currentVoters: v <= 0 ? r.nullableList(readVoter, v, true, 5) : [],
    unknownTaggedFields: r.unknownTags(),
  };
}

function readVoter(r, v) {
  return {
    voterId: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeQuorumStateData(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('QuorumStateData', v);
  if (v <= 0) { w.string(m.clusterId ?? '', true); }
  else if ((m.clusterId !== undefined && m.clusterId !== '')) refuseField('QuorumStateData', 'clusterId', v);
  w.int32(m.leaderId ?? -1);
  w.int32(m.leaderEpoch ?? -1);
  w.int32(m.votedId ?? -1);
  if (v >= 1) { w.uuid(m.votedDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  else if ((m.votedDirectoryId !== undefined && m.votedDirectoryId !== 'AAAAAAAAAAAAAAAAAAAAAA')) refuseField('QuorumStateData', 'votedDirectoryId', v);
  if (v <= 0) { w.int64(m.appliedOffset ?? 0n); }
  else if ((m.appliedOffset !== undefined && m.appliedOffset !== 0n)) refuseField('QuorumStateData', 'appliedOffset', v);
  if (v <= 0) { w.nullableList(m.currentVoters === undefined ? emptyList : m.currentVoters, writeVoter, v, true); }
  else if ((m.currentVoters === null || (m.currentVoters !== undefined && m.currentVoters.length !== 0))) refuseField('QuorumStateData', 'currentVoters', v);
  w.unknownTags(m.unknownTaggedFields);
}

function writeVoter(w, m, v) {
  w.int32(m.voterId ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
