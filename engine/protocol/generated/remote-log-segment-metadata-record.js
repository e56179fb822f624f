// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 0;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeRemoteLogSegmentMetadataRecord as decode, encodeRemoteLogSegmentMetadataRecord as encode };

export function decodeRemoteLogSegmentMetadataRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoteLogSegmentMetadataRecord', v);
  const m = {
    remoteLogSegmentId: readRemoteLogSegmentIdEntry(r, v),
    startOffset: r.int64(),
    endOffset: r.int64(),
    brokerId: r.int32(),
    maxTimestampMs: r.int64(),
    eventTimestampMs: r.int64(),
    segmentLeaderEpochs: r.list(readSegmentLeaderEpochEntry, v, true, 13),
    segmentSizeInBytes: r.int32(),
    customMetadata: r.nullableBytes(true),
    remoteLogSegmentState: r.int8(),
    txnIndexEmpty: false,
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.txnIndexEmpty = r.bool();
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
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

function readSegmentLeaderEpochEntry(r, v) {
  return {
    leaderEpoch: r.int32(),
    offset: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeRemoteLogSegmentMetadataRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoteLogSegmentMetadataRecord', v);
  writeRemoteLogSegmentIdEntry(w, m.remoteLogSegmentId ?? {}, v);
  w.int64(m.startOffset ?? 0n);
  w.int64(m.endOffset ?? 0n);
  w.int32(m.brokerId ?? 0);
  w.int64(m.maxTimestampMs ?? 0n);
  w.int64(m.eventTimestampMs ?? 0n);
  w.list(m.segmentLeaderEpochs ?? emptyList, writeSegmentLeaderEpochEntry, v, true);
  w.int32(m.segmentSizeInBytes ?? 0);
  w.nullableBytes(m.customMetadata ?? null, true);
  w.int8(m.remoteLogSegmentState ?? 0);
  const t0 = (m.txnIndexEmpty !== undefined && m.txnIndexEmpty !== false);
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.bool(m.txnIndexEmpty ?? false); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
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

function writeSegmentLeaderEpochEntry(w, m, v) {
  w.int32(m.leaderEpoch ?? 0);
  w.int64(m.offset ?? 0n);
  w.unknownTags(m.unknownTaggedFields);
}
