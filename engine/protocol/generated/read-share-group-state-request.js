// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 84;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeReadShareGroupStateRequest as decode, encodeReadShareGroupStateRequest as encode };

export function decodeReadShareGroupStateRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ReadShareGroupStateRequest', v);
  return {
    groupId: r.string(true),
    topics: r.list(readReadStateData, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readReadStateData(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readPartitionData, v, true, 9),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionData(r, v) {
  return {
    partition: r.int32(),
    leaderEpoch: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeReadShareGroupStateRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ReadShareGroupStateRequest', v);
  w.string(m.groupId ?? '', true);
  w.list(m.topics ?? emptyList, writeReadStateData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeReadStateData(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writePartitionData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionData(w, m, v) {
  w.int32(m.partition ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
