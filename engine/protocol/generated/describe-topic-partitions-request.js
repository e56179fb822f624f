// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 75;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeDescribeTopicPartitionsRequest as decode, encodeDescribeTopicPartitionsRequest as encode };

export function decodeDescribeTopicPartitionsRequest(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeTopicPartitionsRequest', v);
  return {
    topics: r.list(readTopicRequest, v, true, 2),
    responsePartitionLimit: r.int32(),
    cursor: (r.present() ? readCursor(r, v) : null),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicRequest(r, v) {
  return {
    name: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readCursor(r, v) {
  return {
    topicName: r.string(true),
    partitionIndex: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeDescribeTopicPartitionsRequest(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('DescribeTopicPartitionsRequest', v);
  w.list(m.topics ?? emptyList, writeTopicRequest, v, true);
  w.int32(m.responsePartitionLimit ?? 2000);
  if (w.present(m.cursor)) writeCursor(w, m.cursor ?? {}, v);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicRequest(w, m, v) {
  w.string(m.name ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeCursor(w, m, v) {
  w.string(m.topicName ?? '', true);
  w.int32(m.partitionIndex ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
