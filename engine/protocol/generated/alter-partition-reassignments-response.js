// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 45;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeAlterPartitionReassignmentsResponse as decode, encodeAlterPartitionReassignmentsResponse as encode };

export function decodeAlterPartitionReassignmentsResponse(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('AlterPartitionReassignmentsResponse', v);
  return {
    throttleTimeMs: r.int32(),
    allowReplicationFactorChange: v >= 1 ? r.bool() : true,
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    responses: r.list(readReassignableTopicResponse, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readReassignableTopicResponse(r, v) {
  return {
    name: r.string(true),
    partitions: r.list(readReassignablePartitionResponse, v, true, 8),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readReassignablePartitionResponse(r, v) {
  return {
    partitionIndex: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeAlterPartitionReassignmentsResponse(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('AlterPartitionReassignmentsResponse', v);
  w.int32(m.throttleTimeMs ?? 0);
  if (v >= 1) { w.bool(m.allowReplicationFactorChange ?? true); }
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, true);
  w.list(m.responses ?? emptyList, writeReassignableTopicResponse, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeReassignableTopicResponse(w, m, v) {
  w.string(m.name ?? '', true);
  w.list(m.partitions ?? emptyList, writeReassignablePartitionResponse, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeReassignablePartitionResponse(w, m, v) {
  w.int32(m.partitionIndex ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, true);
  w.unknownTags(m.unknownTaggedFields);
}
