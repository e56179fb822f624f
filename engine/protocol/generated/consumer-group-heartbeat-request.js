// Written by tools/generate from engine/protocol/schemas. Change those, then run `npm run generate`.
import { refuseField, refuseVersion } from '../protocol-error.ts';
import { readCompactString, readInt32 } from '../reader.ts';
import { emptyList, noTaggedFields } from '../types.ts';
import { writeCompactString, writeInt32 } from '../writer.ts';

export const apiKey = 68;
export const lowestVersion = 0;
export const highestVersion = 1;
export { decodeConsumerGroupHeartbeatRequest as decode, encodeConsumerGroupHeartbeatRequest as encode };

export function decodeConsumerGroupHeartbeatRequest(r, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ConsumerGroupHeartbeatRequest', v);
  return {
    groupId: r.string(true),
    memberId: r.string(true),
    memberEpoch: r.int32(),
    instanceId: r.nullableString(true),
    rackId: r.nullableString(true),
    rebalanceTimeoutMs: r.int32(),
    subscribedTopicNames: r.nullableList(readCompactString, v, true, 1),
    subscribedTopicRegex: v >= 1 ? r.nullableString(true) : null,
    serverAssignor: r.nullableString(true),
    topicPartitions: r.nullableList(readTopicPartitions, v, true, 18),
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

export function encodeConsumerGroupHeartbeatRequest(w, m, v) {
  if (!(v >= 0 && v <= 1)) refuseVersion('ConsumerGroupHeartbeatRequest', v);
  w.string(m.groupId ?? '', true);
  w.string(m.memberId ?? '', true);
  w.int32(m.memberEpoch ?? 0);
  w.nullableString(m.instanceId ?? null, true);
  w.nullableString(m.rackId ?? null, true);
  w.int32(m.rebalanceTimeoutMs ?? -1);
  w.nullableList(m.subscribedTopicNames ?? null, writeCompactString, v, true);
  if (v >= 1) { w.nullableString(m.subscribedTopicRegex ?? null, true); }
  else if ((m.subscribedTopicRegex ?? null) !== null) refuseField('ConsumerGroupHeartbeatRequest', 'subscribedTopicRegex', v);
  w.nullableString(m.serverAssignor ?? null, true);
  w.nullableList(m.topicPartitions ?? null, writeTopicPartitions, v, true);
  w.unknownTags(m.unknownTaggedFields);
}

function writeTopicPartitions(w, m, v) {
  w.uuid(m.topicId ?? 'AAAAAAAAAAAAAAAAAAAAAA');
  w.list(m.partitions ?? emptyList, writeInt32, v, true);
  w.unknownTags(m.unknownTaggedFields);
}
