// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 3;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeRemoteLogSegmentMetadataSnapshotRecord as decode, encodeRemoteLogSegmentMetadataSnapshotRecord as encode };

export function decodeRemoteLogSegmentMetadataSnapshotRecord(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoteLogSegmentMetadataSnapshotRecord', v);
  const m = {
    segmentId: r.uuid(),
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

function readSegmentLeaderEpochEntry(r, v) {
  return {
    leaderEpoch: r.int32(),
    offset: r.int64(),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeRemoteLogSegmentMetadataSnapshotRecord(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('RemoteLogSegmentMetadataSnapshotRecord', v);
  w.uuid(m.segmentId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
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

function writeSegmentLeaderEpochEntry(w, m, v) {
  w.int32(m.leaderEpoch ?? 0);
  w.int64(m.offset ?? 0n);
  w.unknownTags(m.unknownTaggedFields);
}
