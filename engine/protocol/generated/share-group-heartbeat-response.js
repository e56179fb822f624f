// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 76;
export const lowestVersion = 1;
export const highestVersion = 1;
export { decodeShareGroupHeartbeatResponse as decode, encodeShareGroupHeartbeatResponse as encode };

export function decodeShareGroupHeartbeatResponse(r, v) {
  if (!(v >= 1 && v <= 1)) refuseVersion('ShareGroupHeartbeatResponse', v);
  return {
    throttleTimeMs: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    memberId: r.nullableString(true),
    memberEpoch: r.int32(),
    heartbeatIntervalMs: r.int32(),
    assignment: (r.present() ? readAssignment(r, v) : null),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readAssignment(r, v) {
  return {
    topicPartitions: r.list(readTopicPartitions, v, true, 18),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readTopicPartitions(r, v) {
  return {
    topicId: r.uuid(),
    partitions: r.list(readInt32, v, true, 4),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeShareGroupHeartbeatResponse(w, m, v) {
  if (!(v >= 1 && v <= 1)) refuseVersion('ShareGroupHeartbeatResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage ?? null, true);
  w.nullableString(m.memberId ?? null, true);
  w.int32(m.memberEpoch ?? 0);
  w.int32(m.heartbeatIntervalMs ?? 0);
  if (w.present(m.assignment)) writeAssignment(w, m.assignment ?? {}, v);
  w.unknownTags(m.unknownTaggedFields);
}

function writeAssignment(w, m, v) {
  w.list(m.topicPartitions ?? emptyList, writeTopicPartitions, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicPartitions(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
