// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 19;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeStreamsGroupMemberMetadataValue as decode, encodeStreamsGroupMemberMetadataValue as encode };

export function decodeStreamsGroupMemberMetadataValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupMemberMetadataValue', v);
  return {
    instanceId: r.nullableString(true),
    rackId: r.nullableString(true),
    clientId: r.string(true),
    clientHost: r.string(true),
    rebalanceTimeoutMs: r.int32(),
    topologyEpoch: r.int32(),
    processId: r.string(true),
    userEndpoint: (r.present() ? readEndpoint(r, v) : null),
    clientTags: r.list(readKeyValue, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readEndpoint(r, v) {
  return {
    host: r.string(true),
    port: r.uint16(),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readKeyValue(r, v) {
  return {
    key: r.string(true),
    value: r.string(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeStreamsGroupMemberMetadataValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('StreamsGroupMemberMetadataValue', v);
  w.nullableString(m.instanceId === undefined ? '' : m.instanceId, true);
  w.nullableString(m.rackId === undefined ? '' : m.rackId, true);
  w.string(m.clientId ?? '', true);
  w.string(m.clientHost ?? '', true);
  w.int32(m.rebalanceTimeoutMs ?? -1);
  w.int32(m.topologyEpoch ?? 0);
  w.string(m.processId ?? '', true);
  if (w.present(m.userEndpoint)) writeEndpoint(w, m.userEndpoint ?? {}, v);
  w.list(m.clientTags ?? emptyList, writeKeyValue, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeEndpoint(w, m, v) {
  w.string(m.host ?? '', true);
  w.uint16(m.port ?? 0);
  w.unknownTags(m.unknownTaggedFields);
}

function writeKeyValue(w, m, v) {
  w.string(m.key ?? '', true);
  w.string(m.value ?? '', true);
  w.unknownTags(m.unknownTaggedFields);
}
