// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 17;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupMetadataValue as decode, encodeStreamsGroupMetadataValue as encode };

export function decodeStreamsGroupMetadataValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupMetadataValue', v);
  const m = {
    epoch: r.int32(),
    metadataHash: r.int64(),
    validatedTopologyEpoch: -1,
    lastAssignmentConfigs: [],
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.validatedTopologyEpoch = r.int32();
    }
    else if (tag === 1) {
      m.lastAssignmentConfigs = r.nullableList(readLastAssignmentConfig, v, true, 3);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readLastAssignmentConfig(r, v) {
  return {
    key: r.string(true),
    value: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeStreamsGroupMetadataValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupMetadataValue', v);
  w.int32(m.epoch ?? 0);
  w.int64(m.metadataHash ?? 0n);
  const t0 = (m.validatedTopologyEpoch !== undefined && m.validatedTopologyEpoch !== -1);
  const t1 = (m.lastAssignmentConfigs === null || (m.lastAssignmentConfigs !== undefined && m.lastAssignmentConfigs.length !== 0));
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (t1 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); w.int32(m.validatedTopologyEpoch ?? -1); w.endTag(at); }
  i = w.unknownTagsBelow(u, i, 0, 1);
  if (t1) { const at = w.beginTag(1); w.nullableList(m.lastAssignmentConfigs === undefined ? emptyList : m.lastAssignmentConfigs, writeLastAssignmentConfig, v, true); w.endTag(at); }
  w.unknownTagsBelow(u, i, 1, Infinity);
}

function writeLastAssignmentConfig(w, m, v) {
  w.string(m.key ?? '', true);
  w.string(m.value ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}
