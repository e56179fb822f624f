// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 86;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDeleteShareGroupStateRequest as decode, encodeDeleteShareGroupStateRequest as encode };

export function decodeDeleteShareGroupStateRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DeleteShareGroupStateRequest', v);
  return {
    groupId: r.string(true),
    topics: r.list(readDeleteStateData, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDeleteStateData(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readPartitionData, v, true, 5),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionData(r, v) {
  return {
    partition: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDeleteShareGroupStateRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DeleteShareGroupStateRequest', v);
  w.string(m.groupId ?? '', true);
  w.list(m.topics ?? emptyList, writeDeleteStateData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDeleteStateData(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writePartitionData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionData(w, m, v) {
  w.int32(m.partition ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
