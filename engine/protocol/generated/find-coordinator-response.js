// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 10;
export const lowestVersion = 0;
export const highestVersion = 6;
export { decodeFindCoordinatorResponse as decode, encodeFindCoordinatorResponse as encode };

export function decodeFindCoordinatorResponse(r, v) {
  if (!(v >= 0 && v <= 6)) refuseVersion('FindCoordinatorResponse', v);
  const f = v >= 3;
  return {
    throttleTimeMs: v >= 1 ? r.int32() : 0,
    errorCode: v <= 3 ? r.int16() : 0,
    errorMessage: v >= 1 && v <= 3 ? r.nullableString(f) : '',
    nodeId: v <= 3 ? r.int32() : 0,
    host: v <= 3 ? r.string(f) : '',
    port: v <= 3 ? r.int32() : 0,
    coordinators: v >= 4 ? r.list(readCoordinator, v, f, 14) : [],
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readCoordinator(r, v) {
  return {
    key: r.string(true),
    nodeId: r.int32(),
    host: r.string(true),
    port: r.int32(),
    errorCode: r.int16(),
    errorMessage: r.nullableString(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeFindCoordinatorResponse(w, m, v) {
  if (!(v >= 0 && v <= 6)) refuseVersion('FindCoordinatorResponse', v);
  const f = v >= 3;
  if (v >= 1) { w.int32(m.throttleTimeMs ?? 0); }
  if (v <= 3) { w.int16(m.errorCode ?? 0); }
  else if ((m.errorCode !== undefined && m.errorCode !== 0)) refuseField('FindCoordinatorResponse', 'errorCode', v);
  if (v >= 1 && v <= 3) { w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, f); }
  if (v <= 3) { w.int32(m.nodeId ?? 0); }
  else if ((m.nodeId !== undefined && m.nodeId !== 0)) refuseField('FindCoordinatorResponse', 'nodeId', v);
  if (v <= 3) { w.string(m.host ?? '', f); }
  else if ((m.host !== undefined && m.host !== '')) refuseField('FindCoordinatorResponse', 'host', v);
  if (v <= 3) { w.int32(m.port ?? 0); }
  else if ((m.port !== undefined && m.port !== 0)) refuseField('FindCoordinatorResponse', 'port', v);
  if (v >= 4) { w.list(m.coordinators ?? emptyList, writeCoordinator, v, f); }
  else if (((m.coordinators !== undefined && m.coordinators.length !== 0))) refuseField('FindCoordinatorResponse', 'coordinators', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('FindCoordinatorResponse', 'unknownTaggedFields', v);
}

function writeCoordinator(w, m, v) {
  w.string(m.key ?? '', true);
  w.int32(m.nodeId ?? 0);
  w.string(m.host ?? '', true);
  w.int32(m.port ?? 0);
  w.int16(m.errorCode ?? 0);
  w.nullableString(m.errorMessage === undefined ? '' : m.errorMessage, true);
  w.unknownTags(m.unknownTaggedFields);
}
