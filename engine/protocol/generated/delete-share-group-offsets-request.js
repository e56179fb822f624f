// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 92;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDeleteShareGroupOffsetsRequest as decode, encodeDeleteShareGroupOffsetsRequest as encode };

export function decodeDeleteShareGroupOffsetsRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DeleteShareGroupOffsetsRequest', v);
  return {
    groupId: r.string(true),
    topics: r.list(readDeleteShareGroupOffsetsRequestTopic, v, true, 2),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readDeleteShareGroupOffsetsRequestTopic(r, v) {
  return {
    topicName: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDeleteShareGroupOffsetsRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DeleteShareGroupOffsetsRequest', v);
  w.string(m.groupId ?? '', true);
  w.list(m.topics ?? emptyList, writeDeleteShareGroupOffsetsRequestTopic, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeDeleteShareGroupOffsetsRequestTopic(w, m, v) {
  w.string(m.topicName ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}
