// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { noTaggedFields } from '../types.ts';

export const apiKey = 2;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeRemotePartitionDeleteMetadataRecord as decode, encodeRemotePartitionDeleteMetadataRecord as encode };

export function decodeRemotePartitionDeleteMetadataRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemotePartitionDeleteMetadataRecord', v);
  return {
    topicIdPartition: readTopicIdPartitionEntry(r, v),
    brokerId: r.int32(),
    eventTimestampMs: r.int64(),
    remotePartitionDeleteState: r.int8(),
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

export function encodeRemotePartitionDeleteMetadataRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemotePartitionDeleteMetadataRecord', v);
  writeTopicIdPartitionEntry(w, m.topicIdPartition ?? {}, v);
  w.int32(m.brokerId ?? 0);
  w.int64(m.eventTimestampMs ?? 0n);
  w.int8(m.remotePartitionDeleteState ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicIdPartitionEntry(w, m, v) {
  w.string(m.name ?? '', true);
  w.uuid(m.id ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.int32(m.partition ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}
