// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 81;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeRemoveRaftVoterRequest as decode, encodeRemoveRaftVoterRequest as encode };

export function decodeRemoveRaftVoterRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoveRaftVoterRequest', v);
  return {
    clusterId: r.nullableString(true),
    voterId: r.int32(),
    voterDirectoryId: r.uuid(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeRemoveRaftVoterRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoveRaftVoterRequest', v);
  w.nullableString(m.clusterId === undefined ? '' : m.clusterId, true);
  w.int32(m.voterId ?? 0);
  w.uuid(m.voterDirectoryId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.unknownTags(m.unknownTaggedFields);
}
