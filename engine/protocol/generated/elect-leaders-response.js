// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 43;
export const lowestVersion = 0;
export const highestVersion = 2;
export { decodeElectLeadersResponse as decode, encodeElectLeadersResponse as encode };

export function decodeElectLeadersResponse(r, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('ElectLeadersResponse', v);
  const f = v >= 2;
  return {
    throttleTimeMs: r.int32(),
    errorCode: v >= 1 ? r.int16() : 0,
    replicaElectionResults: r.list(readReplicaElectionResult, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readReplicaElectionResult(r, v) {
  const f = v >= 2;
  return {
    topic: r.string(f),
    partitionResult: r.list(readPartitionResult, v, f, 8),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readPartitionResult(r, v) {
  const f = v >= 2;
  return {
    partitionId: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(f),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeElectLeadersResponse(w, m, v) {
  if (!(v >= 0 && v <= 2)) refuseVersion('ElectLeadersResponse', v);
  const f = v >= 2;
  w.int32(m.throttleTimeMs ?? 0);
  if (v >= 1) { w.int16(m.errorCode ?? 0); }
  else if ((m.errorCode !== undefined && m.errorCode !== 0)) refuseField('ElectLeadersResponse', 'errorCode', v);
  w.list(m.replicaElectionResults ?? emptyList, writeReplicaElectionResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ElectLeadersResponse', 'unknownTaggedFields', v);
}

function writeReplicaElectionResult(w, m, v) {
  const f = v >= 2;
  w.string(m.topic ?? '', f);
  w.list(m.partitionResult ?? emptyList, writePartitionResult, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('ReplicaElectionResult', 'unknownTaggedFields', v);
}

function writePartitionResult(w, m, v) {
  const f = v >= 2;
  w.int32(m.partitionId ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('PartitionResult', 'unknownTaggedFields', v);
}
