// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { emptyList, noTaggedFields } from '../types.ts';

export const apiKey = 3;
export const lowestVersion = 0;
export const highestVersion = 13;
export { decodeMetadataRequest as decode, encodeMetadataRequest as encode };

export function decodeMetadataRequest(r, v) {
  if (!(v >= 0 && v <= 13)) refuseVersion('MetadataRequest', v);
  const f = v >= 9;
  return {
    topics: (v >= 1 ? r.nullableList(readMetadataRequestTopic, v, f, 2) : r.list(readMetadataRequestTopic, v, f, 2)),
    allowAutoTopicCreation: v >= 4 ? r.bool() : true,
    includeClusterAuthorizedOperations: v >= 8 && v <= 10 ? r.bool() : false,
    includeTopicAuthorizedOperations: v >= 8 ? r.bool() : false,
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

function readMetadataRequestTopic(r, v) {
  const f = v >= 9;
  return {
    topicId: v >= 10 ? r.uuid() : 'AAAAAAAAAAAAAAAAAAAAAA',
    name: (v >= 10 ? r.nullableString(f) : r.string(f)),
    unknownTaggedFields: f ? r.unknownTags() : noTaggedFields,
  };
}

export function encodeMetadataRequest(w, m, v) {
  if (!(v >= 0 && v <= 13)) refuseVersion('MetadataRequest', v);
  const f = v >= 9;
  if (v >= 1) w.nullableList(m.topics === undefined ? emptyList : m.topics, writeMetadataRequestTopic, v, f); else w.list(m.topics === undefined ? emptyList : m.topics, writeMetadataRequestTopic, v, f);
  if (v >= 4) { w.bool(m.allowAutoTopicCreation ?? true); }
  else if ((m.allowAutoTopicCreation !== undefined && m.allowAutoTopicCreation !== true)) refuseField('MetadataRequest', 'allowAutoTopicCreation', v);
  if (v >= 8 && v <= 10) { w.bool(m.includeClusterAuthorizedOperations ?? false); }
  else if ((m.includeClusterAuthorizedOperations !== undefined && m.includeClusterAuthorizedOperations !== false)) refuseField('MetadataRequest', 'includeClusterAuthorizedOperations', v);
  if (v >= 8) { w.bool(m.includeTopicAuthorizedOperations ?? false); }
  else if ((m.includeTopicAuthorizedOperations !== undefined && m.includeTopicAuthorizedOperations !== false)) refuseField('MetadataRequest', 'includeTopicAuthorizedOperations', v);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('MetadataRequest', 'unknownTaggedFields', v);
}

function writeMetadataRequestTopic(w, m, v) {
  const f = v >= 9;
  if (v >= 10) { w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA'); }
  if (v >= 10) w.nullableString(m.name === undefined ? '' : m.name, f); else w.string(m.name === undefined ? '' : m.name, f);
  if (f) {
    w.unknownTags(m.unknownTaggedFields);
  } else if (m.unknownTaggedFields !== undefined && m.unknownTaggedFields.length > 0) refuseField('MetadataRequestTopic', 'unknownTaggedFields', v);
}
