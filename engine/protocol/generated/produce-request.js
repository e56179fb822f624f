// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 0;
export const lowestVersion = 3;
export const highestVersion = 13;
export { decodeProduceRequest as decode, encodeProduceRequest as encode };

export function decodeProduceRequest(r, v) {
  if (!(v >= 3 && v <= 13)) refuseVersion('ProduceRequest', v);
  const f = v >= 9;
  return {
    transactionalId: r.nullableString(f),
    acks: r.int16(),
    timeoutMs: r.int32(),
    topicData: r.list(readTopicProduceData, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readTopicProduceData(r, v) {
  const f = v >= 9;
  return {
    name: v <= 12 ? r.string(f) : '',
    topicId: v >= 13 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    partitionData: r.list(readPartitionProduceData, v, f, 6),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readPartitionProduceData(r, v) {
  const f = v >= 9;
  return {
    index: r.int32(),
    records: r.nullableBytes(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeProduceRequest(w, m, v) {
  if (!(v >= 3 && v <= 13)) refuseVersion('ProduceRequest', v);
  const f = v >= 9;
  w.nullableString(m.transactionalId ?? null, f);
  w.int16(m.acks ?? 0);
  w.int32(m.timeoutMs ?? 0);
  w.list(m.topicData ?? emptyList, writeTopicProduceData, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ProduceRequest', 'unknownTaggedFields', v);
}

function writeTopicProduceData(w, m, v) {
  const f = v >= 9;
  if (v <= 12) { w.string(m.name ?? '', f); }
  if (v >= 13) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  w.list(m.partitionData ?? emptyList, writePartitionProduceData, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('TopicProduceData', 'unknownTaggedFields', v);
}

function writePartitionProduceData(w, m, v) {
  const f = v >= 9;
  w.int32(m.index ?? 0);
  w.nullableRecords(m.records ?? null, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('PartitionProduceData', 'unknownTaggedFields', v);
}
