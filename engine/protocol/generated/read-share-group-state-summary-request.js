// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 87;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeReadShareGroupStateSummaryRequest as decode, encodeReadShareGroupStateSummaryRequest as encode };

export function decodeReadShareGroupStateSummaryRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ReadShareGroupStateSummaryRequest', v);
  return {
    groupId: r.string(true),
    topics: r.list(readReadStateSummaryData, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readReadStateSummaryData(r, v) {
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

export function encodeReadShareGroupStateSummaryRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ReadShareGroupStateSummaryRequest', v);
  w.string(m.groupId ?? '', true);
  w.list(m.topics ?? emptyList, writeReadStateSummaryData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeReadStateSummaryData(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writePartitionData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionData(w, m, v) {
  w.int32(m.partition ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
