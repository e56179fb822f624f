// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseTag, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 52;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeVoteResponse as decode, encodeVoteResponse as encode };

export function decodeVoteResponse(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('VoteResponse', v);
  const m = {
    errorCode: r.int16(),
    topics: r.list(readTopicData, v, true, 3),
    nodeEndpoints: [],
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      if (!(v >= 1)) refuseTag('VoteResponse', tag, v);
      m.nodeEndpoints = r.list(readNodeEndpoint, v, true, 8);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readTopicData(r, v) {
  return {
    topicName: r.string(true),
    partitions: r.list(readPartitionData, v, true, 16),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionData(r, v) {
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    voteGranted: r.bool(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readNodeEndpoint(r, v) {
  return {
    nodeId: r.int32(),
    host: r.string(true),
    port: r.uint16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeVoteResponse(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('VoteResponse', v);
  w.int16(m.errorCode ?? 0);
  w.list(m.topics ?? emptyList, writeTopicData, v, true);
  if (!(v >= 1) && ((m.nodeEndpoints !== undefined && m.nodeEndpoints.length !== 0))) refuseField('VoteResponse', 'nodeEndpoints', v);
  const t0 = v >= 1 && ((m.nodeEndpoints !== undefined && m.nodeEndpoints.length !== 0));
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.list(m.nodeEndpoints ?? emptyList, writeNodeEndpoint, v, true); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
}

function writeTopicData(w, m, v) {
  w.string(m.topicName ?? '', true);
  w.list(m.partitions ?? emptyList, writePartitionData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionData(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  w.int32(m.leaderId ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  w.bool(m.voteGranted ?? false);
  w.unknownTags(m.unknownTaggedFields);
}

function writeNodeEndpoint(w, m, v) {
  w.int32(m.nodeId ?? 0);
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
