// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseVersion } from '../protocol-error.ts';
import { readCompactString } from '../reader.ts';
import { emptyBytes, emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString } from '../writer.ts';

export const apiKey = 5;
export const lowestVersion = 0;
export const highestVersion = 0;
export { decodeConsumerGroupMemberMetadataValue as decode, encodeConsumerGroupMemberMetadataValue as encode };

export function decodeConsumerGroupMemberMetadataValue(r, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupMemberMetadataValue', v);
  const m = {
    instanceId: r.nullableString(true),
    rackId: r.nullableString(true),
    clientId: r.string(true),
    clientHost: r.string(true),
    subscribedTopicNames: r.list(readCompactString, v, true, 1),
    subscribedTopicRegex: r.nullableString(true),
    rebalanceTimeoutMs: r.int32(),
    serverAssignor: r.nullableString(true),
    classicMemberMetadata: { sessionTimeoutMs: 0, supportedProtocols: [], unknownTaggedFields: noTaggedFields },
    unknownTaggedFields: noTaggedFields,
  };
  for (let n = r.tagCount(); n > 0; n--) {
    const tag = r.uvarint();
    const end = r.tagEnd();
    if (tag === 0) {
      m.classicMemberMetadata = (r.taggedPresent() ? readClassicMemberMetadata(r, v) : null);
    }
    else m.unknownTaggedFields = r.unknownTag(m.unknownTaggedFields, tag, end);
    r.closeTag(end);
  }
  return m;
}

function readClassicMemberMetadata(r, v) {
  return {
    sessionTimeoutMs: r.int32(),
    supportedProtocols: r.list(readClassicProtocol, v, true, 3),
    unknownTaggedFields: r.unknownTags(),
  };
}

function readClassicProtocol(r, v) {
  return {
    name: r.string(true),
    metadata: r.bytes(true),
    unknownTaggedFields: r.unknownTags(),
  };
}

export function encodeConsumerGroupMemberMetadataValue(w, m, v) {
  if (!(v >= 0 && v <= 0)) refuseVersion('ConsumerGroupMemberMetadataValue', v);
  w.nullableString(m.instanceId === undefined ? '' : m.instanceId, true);
  w.nullableString(m.rackId === undefined ? '' : m.rackId, true);
  w.string(m.clientId ?? '', true);
  w.string(m.clientHost ?? '', true);
  w.list(m.subscribedTopicNames ?? emptyList, writeCompactString, v, true);
  w.nullableString(m.subscribedTopicRegex === undefined ? '' : m.subscribedTopicRegex, true);
  w.int32(m.rebalanceTimeoutMs ?? -1);
  w.nullableString(m.serverAssignor === undefined ? '' : m.serverAssignor, true);
  const t0 = (m.classicMemberMetadata === null || !isDefaultClassicMemberMetadata(m.classicMemberMetadata));
  const u = m.unknownTaggedFields;
  w.uvarint((t0 ? 1 : 0) + (u === undefined ? 0 : u.length));
  let i = 0;
  i = w.unknownTagsBelow(u, i, -1, 0);
  if (t0) { const at = w.beginTag(0); if (w.taggedPresent(m.classicMemberMetadata === undefined ? {} : m.classicMemberMetadata)) writeClassicMemberMetadata(w, m.classicMemberMetadata ?? {}, v); w.endTag(at); }
  w.unknownTagsBelow(u, i, 0, Infinity);
}

function writeClassicMemberMetadata(w, m, v) {
  w.int32(m.sessionTimeoutMs ?? 0);
  w.list(m.supportedProtocols ?? emptyList, writeClassicProtocol, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeClassicProtocol(w, m, v) {
  w.string(m.name ?? '', true);
  w.bytes(m.metadata ?? emptyBytes, true);
  w.unknownTags(m.unknownTaggedFields);
}

function isDefaultClassicMemberMetadata(m) {
  return m === undefined || (!(m.sessionTimeoutMs !== undefined && m.sessionTimeoutMs !== 0) && !((m.supportedProtocols !== undefined && m.supportedProtocols.length !== 0)) && !(m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0));
}
