// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 3;
export const lowestVersion = 0;
export const highestVersion = 13;
export { decodeMetadataResponse as decode, encodeMetadataResponse as encode };

export function decodeMetadataResponse(r, v) {
  if (!(v >= 0 && v <= 13)) refuseVersion('MetadataResponse', v);
  const f = v >= 9;
  return {
    throttleTimeMs: v >= 3 ? r.int32() : 0,
    brokers: r.list(readMetadataResponseBroker, v, f, 10),
    clusterId: v >= 2 ? r.nullableString(f) : null,
    controllerId: v >= 1 ? r.int32() : -1,
    topics: r.list(readMetadataResponseTopic, v, f, 8),
    clusterAuthorizedOperations: v >= 8 && v <= 10 ? r.int32() : -2147483648,
    errorCode: v >= 13 ? r.int16() : 0,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readMetadataResponseBroker(r, v) {
  const f = v >= 9;
  return {
    nodeId: r.int32(),
    host: r.string(f),
    port: r.int32(),
    rack: v >= 1 ? r.nullableString(f) : null,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readMetadataResponseTopic(r, v) {
  const f = v >= 9;
  return {
    errorCode: r.int16(),
    name: (v >= 12 ? r.nullableString(f) : r.string(f)),
    topicId: v >= 10 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    isInternal: v >= 1 ? r.bool() : false,
    partitions: r.list(readMetadataResponsePartition, v, f, 18),
    topicAuthorizedOperations: v >= 8 ? r.int32() : -2147483648,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readMetadataResponsePartition(r, v) {
  const f = v >= 9;
  return {
    errorCode: r.int16(),
    partitionIndex: r.int32(),
    leaderId: r.int32(),
    leaderEpoch: v >= 7 ? r.int32() : -1,
    replicaNodes: r.list(readInt32, v, f, 4),
    isrNodes: r.list(readInt32, v, f, 4),
    offlineReplicas: v >= 5 ? r.list(readInt32, v, f, 4) : [],
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeMetadataResponse(w, m, v) {
  if (!(v >= 0 && v <= 13)) refuseVersion('MetadataResponse', v);
  const f = v >= 9;
  if (v >= 3) { w.int32(m.throttleTimeMs ?? 0); }
  w.list(m.brokers ?? emptyList, writeMetadataResponseBroker, v, f);
  if (v >= 2) { w.nullableString(m.clusterId ?? null, f); }
  if (v >= 1) { w.int32(m.controllerId ?? -1); }
  w.list(m.topics ?? emptyList, writeMetadataResponseTopic, v, f);
  if (v >= 8 && v <= 10) { w.int32(m.clusterAuthorizedOperations ?? -2147483648); }
  else if ((m.clusterAuthorizedOperations !== undefined && m.clusterAuthorizedOperations !== -2147483648)) refuseField('MetadataResponse', 'clusterAuthorizedOperations', v);
  if (v >= 13) { w.int16(m.errorCode ?? 0); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('MetadataResponse', 'unknownTaggedFields', v);
}

function writeMetadataResponseBroker(w, m, v) {
  const f = v >= 9;
  w.int32(m.nodeId ?? 0);
  w.string(m.host ?? '', f);
  w.int32(m.port ?? 0);
  if (v >= 1) { w.nullableString(m.rack ?? null, f); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('MetadataResponseBroker', 'unknownTaggedFields', v);
}

function writeMetadataResponseTopic(w, m, v) {
  const f = v >= 9;
  w.int16(m.errorCode ?? 0);
  if (v >= 12) w.nullableString(m.name === undefined ? '' : m.name, f); else w.string(m.name === undefined ? '' : m.name, f);
  if (v >= 10) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  if (v >= 1) { w.bool(m.isInternal ?? false); }
  w.list(m.partitions ?? emptyList, writeMetadataResponsePartition, v, f);
  if (v >= 8) { w.int32(m.topicAuthorizedOperations ?? -2147483648); }
  else if ((m.topicAuthorizedOperations !== undefined && m.topicAuthorizedOperations !== -2147483648)) refuseField('MetadataResponseTopic', 'topicAuthorizedOperations', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('MetadataResponseTopic', 'unknownTaggedFields', v);
}

function writeMetadataResponsePartition(w, m, v) {
  const f = v >= 9;
  w.int16(m.errorCode ?? 0);
  w.int32(m.partitionIndex ?? 0);
  w.int32(m.leaderId ?? 0);
  if (v >= 7) { w.int32(m.leaderEpoch ?? -1); }
  w.list(m.replicaNodes ?? emptyList, writeInt32, v, f);
  w.list(m.isrNodes ?? emptyList, writeInt32, v, f);
  if (v >= 5) { w.list(m.offlineReplicas ?? emptyList, writeInt32, v, f); }
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('MetadataResponsePartition', 'unknownTaggedFields', v);
}
