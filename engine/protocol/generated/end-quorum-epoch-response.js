// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 54;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeEndQuorumEpochResponse as decode, encodeEndQuorumEpochResponse as encode };

export function decodeEndQuorumEpochResponse(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('EndQuorumEpochResponse', v);
  const f = v >= 1;
  const m = {
    errorCode: r.int16(),
    topics: r.list(readTopicData, v, f, 3),
    nodeEndpoints: [],
    unknownTaggedFields: noTaggedFields,
  };
  if (f) for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.nodeEndpoints = r.list(readNodeEndpoint, v, true, 8);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readTopicData(r, v) {
  const f = v >= 1;
  return {
    topicName: r.string(f),
    partitions: r.list(readPartitionData, v, f, 14),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readPartitionData(r, v) {
  const f = v >= 1;
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
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

export function encodeEndQuorumEpochResponse(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('EndQuorumEpochResponse', v);
  const f = v >= 1;
  w.int16(m.errorCode ?? 0);
  w.list(m.topics ?? emptyList, writeTopicData, v, f);
  if (!(v >= 1) && ((m.nodeEndpoints !== undefined && m.nodeEndpoints.length !== 0))) refuseField('EndQuorumEpochResponse', 'nodeEndpoints', v);
  if (f) {
    const t0 = v >= 1 && ((m.nodeEndpoints !== undefined && m.nodeEndpoints.length !== 0));
    const u = m.unknownTaggedFields;
    w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
    let i = 0;
    i = w.unknownTagsBelow(u, i, -1, 0);
    if (t0) { const at = w.beginTag(0); w.list(m.nodeEndpoints ?? emptyList, writeNodeEndpoint, v, true); w.endTag(at); }
    w.unknownTagsBelow(u, i, 0, Infinity);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('EndQuorumEpochResponse', 'unknownTaggedFields', v);
}

function writeTopicData(w, m, v) {
  const f = v >= 1;
  w.string(m.topicName ?? '', f);
  w.list(m.partitions ?? emptyList, writePartitionData, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('TopicData', 'unknownTaggedFields', v);
}

function writePartitionData(w, m, v) {
  const f = v >= 1;
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  w.int32(m.leaderId ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('PartitionData', 'unknownTaggedFields', v);
}

function writeNodeEndpoint(w, m, v) {
  w.int32(m.nodeId ?? 0);
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
