// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 83;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeInitializeShareGroupStateRequest as decode, encodeInitializeShareGroupStateRequest as encode };

export function decodeInitializeShareGroupStateRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('InitializeShareGroupStateRequest', v);
  return {
    groupId: r.string(true),
    topics: r.list(readInitializeStateData, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readInitializeStateData(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readPartitionData, v, true, 17),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionData(r, v) {
  return {
    partition: r.int32(),
    stateEpoch: r.int32(),
    startOffset: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeInitializeShareGroupStateRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('InitializeShareGroupStateRequest', v);
  w.string(m.groupId ?? '', true);
  w.list(m.topics ?? emptyList, writeInitializeStateData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeInitializeStateData(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writePartitionData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionData(w, m, v) {
  w.int32(m.partition ?? 0);
  w.int32(m.stateEpoch ?? 0);
  w.int64(m.startOffset ?? 0n);
  w.unknownTags(m.unknownTaggedFields);
}
