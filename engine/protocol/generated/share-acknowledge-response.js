// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 79;
export const lowestVersion = 1;
export const highestVersion = 2;
export { decodeShareAcknowledgeResponse as decode, encodeShareAcknowledgeResponse as encode };

export function decodeShareAcknowledgeResponse(r, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('ShareAcknowledgeResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    acquisitionLockTimeoutMs: v >= 2 ? r.int32() : 0,
    responses: r.list(readShareAcknowledgeTopicResponse, v, true, 18),
    nodeEndpoints: r.list(readNodeEndpoint, v, true, 11),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readShareAcknowledgeTopicResponse(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readPartitionData, v, true, 17),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readPartitionData(r, v) {
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    currentLeader: readLeaderIdAndEpoch(r, v),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readLeaderIdAndEpoch(r, v) {
  return {
    leaderId: r.int32(),
    leaderEpoch: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readNodeEndpoint(r, v) {
  return {
    nodeId: r.int32(),
    host: r.string(true),
    port: r.int32(),
    rack: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeShareAcknowledgeResponse(w, m, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('ShareAcknowledgeResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  if (v >= 2) { w.int32(m.acquisitionLockTimeoutMs ?? 0); }
  w.list(m.responses ?? emptyList, writeShareAcknowledgeTopicResponse, v, true);
  w.list(m.nodeEndpoints ?? emptyList, writeNodeEndpoint, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeShareAcknowledgeTopicResponse(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writePartitionData, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writePartitionData(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  writeLeaderIdAndEpoch(w, m.currentLeader ?? {}, v);
  w.unknownTags(m.unknownTaggedFields);
}

function writeLeaderIdAndEpoch(w, m, v) {
  w.int32(m.leaderId ?? 0);
  w.int32(m.leaderEpoch ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeNodeEndpoint(w, m, v) {
  w.int32(m.nodeId ?? 0);
  w.string(m.host ?? '', true);
  w.int32(m.port ?? 0);
  w.nullableString(m.rack ?? null, true);
  w.unknownTags(m.unknownTaggedFields);
}
