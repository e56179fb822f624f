// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeInt32 } from '../writer.ts';

export const apiKey = 34;
export const lowestVersion = 1;
export const highestVersion = 2;
export { decodeAlterReplicaLogDirsRequest as decode, encodeAlterReplicaLogDirsRequest as encode };

export function decodeAlterReplicaLogDirsRequest(r, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('AlterReplicaLogDirsRequest', v);
  const f = v >= 2;
  return {
    dirs: r.list(readAlterReplicaLogDir, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAlterReplicaLogDir(r, v) {
  const f = v >= 2;
  return {
    path: r.string(f),
    topics: r.list(readAlterReplicaLogDirTopic, v, f, 3),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readAlterReplicaLogDirTopic(r, v) {
  const f = v >= 2;
  return {
    name: r.string(f),
    partitions: r.list(readInt32, v, f, 4),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeAlterReplicaLogDirsRequest(w, m, v) {
  if (!(v >= 1 && v <= 2)) refuseVersion('AlterReplicaLogDirsRequest', v);
  const f = v >= 2;
  w.list(m.dirs ?? emptyList, writeAlterReplicaLogDir, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterReplicaLogDirsRequest', 'unknownTaggedFields', v);
}

function writeAlterReplicaLogDir(w, m, v) {
  const f = v >= 2;
  w.string(m.path ?? '', f);
  w.list(m.topics ?? emptyList, writeAlterReplicaLogDirTopic, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterReplicaLogDir', 'unknownTaggedFields', v);
}

function writeAlterReplicaLogDirTopic(w, m, v) {
  const f = v >= 2;
  w.string(m.name ?? '', f);
  w.list(m.partitions ?? emptyList, writeInt32, v, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('AlterReplicaLogDirTopic', 'unknownTaggedFields', v);
}
