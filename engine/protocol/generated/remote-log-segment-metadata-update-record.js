// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 1;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeRemoteLogSegmentMetadataUpdateRecord as decode, encodeRemoteLogSegmentMetadataUpdateRecord as encode };

export function decodeRemoteLogSegmentMetadataUpdateRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoteLogSegmentMetadataUpdateRecord', v);
  return {
    remoteLogSegmentId: readRemoteLogSegmentIdEntry(r, v),
    brokerId: r.int32(),
    eventTimestampMs: r.int64(),
    customMetadata: r.nullableBytes(true),
    remoteLogSegmentState: r.int8(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readRemoteLogSegmentIdEntry(r, v) {
  return {
    topicIdPartition: readTopicIdPartitionEntry(r, v),
    id: r.uuid(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicIdPartitionEntry(r, v) {
  return {
    name: r.string(true),
    id: r.uuid(),
    partition: r.int32(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeRemoteLogSegmentMetadataUpdateRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoteLogSegmentMetadataUpdateRecord', v);
  writeRemoteLogSegmentIdEntry(w, m.remoteLogSegmentId ?? {}, v);
  w.int32(m.brokerId ?? 0);
  w.int64(m.eventTimestampMs ?? 0n);
  w.nullableBytes(m.customMetadata ?? null, true);
  w.int8(m.remoteLogSegmentState ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeRemoteLogSegmentIdEntry(w, m, v) {
  writeTopicIdPartitionEntry(w, m.topicIdPartition ?? {}, v);
  w.uuid(m.id ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicIdPartitionEntry(w, m, v) {
  w.string(m.name ?? '', true);
  w.uuid(m.id ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.int32(m.partition ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
