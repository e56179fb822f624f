import { zeroUuid } from '../base/brands.ts';
import { errorCode } from '../protocol/errors.ts';
import type { OffsetCommitRequest, OffsetCommitRequestPartition } from '../protocol/generated/offset-commit-request.js';
import type { OffsetCommitResponseTopic } from '../protocol/generated/offset-commit-response.js';
import type { OffsetDeleteRequest } from '../protocol/generated/offset-delete-request.js';
import type { OffsetFetchRequestGroup } from '../protocol/generated/offset-fetch-request.js';
import type {
  OffsetFetchResponsePartitions,
  OffsetFetchResponseTopics,
} from '../protocol/generated/offset-fetch-response.js';
import type { Init } from '../protocol/types.ts';
import { appendErrorOf } from './append-errors.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { CommittedOffset, GroupRecord } from './group-records.ts';
import { hasRoomForGroup } from './join.ts';
import type { StoredOffset } from './offset-store.ts';
import { keepSession } from './rebalance.ts';
import { appendInBatches } from './tombstones.ts';
import type { GroupContext, Waiter } from './types.ts';

/** From this version on a client knows that a group can be missing. */
const missingGroupSince = 9;

export function offsetCommit(
  context: GroupContext,
  request: OffsetCommitRequest,
  version: number,
  waiter: Waiter,
): void {
  const { groupId, memberId } = request;
  const group = context.groups.get(groupId);
  const isRefused = group === undefined && !hasRoomForGroup(context);
  const refused = isRefused ? errorCode.COORDINATOR_NOT_AVAILABLE : commitRefusal(group, request, version);
  if (refused !== 0) {
    context.answer(waiter, 'offsetCommit', { topics: everywhere(request, refused) });
    return;
  }
  const member = memberId === '' ? undefined : group?.members.get(memberId);
  if (member !== undefined && group?.state !== 'CompletingRebalance') keepSession(context, member);
  const records: GroupRecord[] = [];
  const { offsetMetadataMaxLength } = context.config();
  const topics = request.topics.map((topic): Init<OffsetCommitResponseTopic> => {
    const { name, topicId } = topic;
    const partitions = topic.partitions.map((partition) => {
      const { partitionIndex, committedMetadata } = partition;
      if ((committedMetadata ?? '').length > offsetMetadataMaxLength) {
        return { partitionIndex, errorCode: errorCode.OFFSET_METADATA_TOO_LARGE };
      }
      const value = committedOffset(context, request, partition, topicId);
      records.push({ kind: 'offset', groupId, topic: name, partition: partitionIndex, value });
      return { partitionIndex, errorCode: 0 };
    });
    return { name, topicId, partitions };
  });
  if (records.length === 0) {
    context.answer(waiter, 'offsetCommit', { topics });
    return;
  }
  context.append(records, {
    committed: () => context.answer(waiter, 'offsetCommit', { topics }),
    failed: (code) => context.answer(waiter, 'offsetCommit', { topics: everywhere(request, appendErrorOf(code)) }),
  });
}

function committedOffset(
  context: GroupContext,
  { retentionTimeMs }: OffsetCommitRequest,
  partition: OffsetCommitRequestPartition,
  topicId: string,
): CommittedOffset {
  const { wallMs } = context.now;
  return {
    offset: partition.committedOffset,
    leaderEpoch: partition.committedLeaderEpoch,
    metadata: partition.committedMetadata ?? '',
    commitTimestampMs: wallMs,
    expireTimestampMs: retentionTimeMs === -1n ? -1 : wallMs + Number(retentionTimeMs),
    topicId,
  };
}

function everywhere(request: OffsetCommitRequest, code: number): Init<OffsetCommitResponseTopic>[] {
  return request.topics.map(({ name, topicId, partitions }) => ({
    name,
    topicId,
    partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: code })),
  }));
}

/** Without a generation a client only stores offsets; that makes a group of its own, and is open to groups without members. */
function commitRefusal(group: ClassicGroup | undefined, request: OffsetCommitRequest, version: number): number {
  const { memberId, groupInstanceId, generationIdOrMemberEpoch: generationId } = request;
  if (group === undefined) {
    if (generationId < 0) return 0;
    return version >= missingGroupSince ? errorCode.GROUP_ID_NOT_FOUND : errorCode.ILLEGAL_GENERATION;
  }
  if (group.state === 'Dead') return errorCode.COORDINATOR_NOT_AVAILABLE;
  if (generationId < 0 && group.state === 'Empty') return 0;
  if (generationId < 0 && memberId === '' && groupInstanceId === null) return errorCode.UNKNOWN_MEMBER_ID;
  const refused = group.refusalOf(memberId, groupInstanceId);
  if (refused !== 0) return refused;
  if (generationId !== group.generationId) return errorCode.ILLEGAL_GENERATION;
  return group.state === 'CompletingRebalance' ? errorCode.REBALANCE_IN_PROGRESS : 0;
}

/** Answers what is committed, to members and others alike. */
export function offsetFetch(
  context: GroupContext,
  request: OffsetFetchRequestGroup,
  requireStable: boolean,
  waiter: Waiter,
): void {
  const { groupId, topics } = request;
  const { offsets } = context;
  const isThere = context.groups.has(groupId);
  const told = (topic: string, topicId: string, partition: number): Init<OffsetFetchResponsePartitions> => {
    if (requireStable && offsets.isUnstable(groupId, topic, partition)) {
      return { ...noOffset(partition), errorCode: errorCode.UNSTABLE_OFFSET_COMMIT };
    }
    const found = isThere ? offsets.get(groupId, topic, partition) : undefined;
    return found === undefined || isOfOther(found, topicId) ? noOffset(partition) : toldOffset(partition, found);
  };
  const answered: Init<OffsetFetchResponseTopics>[] = [];
  if (topics !== null) {
    for (const { name, topicId, partitionIndexes } of topics) {
      const partitions = partitionIndexes.map((partition) => told(name, topicId, partition));
      answered.push({ name, topicId, partitions });
    }
  } else if (isThere) {
    for (const [name, partitions] of offsets.ofGroup(groupId)) {
      const found = [...partitions.keys()].map((partition) => told(name, zeroUuid, partition));
      answered.push({ name, partitions: found });
    }
  }
  context.answer(waiter, 'offsetFetch', { groupId, topics: answered });
}

/** A topic of the same name that was deleted since has left its offsets for a moment. */
function isOfOther({ topicId }: StoredOffset, asked: string): boolean {
  return topicId !== zeroUuid && asked !== zeroUuid && topicId !== asked;
}

function noOffset(partitionIndex: number): Init<OffsetFetchResponsePartitions> {
  return { partitionIndex, committedOffset: -1n, metadata: '' };
}

function toldOffset(partitionIndex: number, found: StoredOffset): Init<OffsetFetchResponsePartitions> {
  const { offset, leaderEpoch, metadata } = found;
  return { partitionIndex, committedOffset: offset, committedLeaderEpoch: leaderEpoch, metadata };
}

/** Deletes offsets of topics that no member is subscribed to. */
export function offsetDelete(context: GroupContext, request: OffsetDeleteRequest, waiter: Waiter): void {
  const { groupId } = request;
  const group = context.groups.get(groupId);
  const refused = deletionRefusal(group, groupId);
  if (group === undefined || refused !== 0) {
    context.answer(waiter, 'offsetDelete', { errorCode: refused });
    return;
  }
  const records: GroupRecord[] = [];
  const topics = request.topics.map(({ name, partitions }) => {
    const code = group.isSubscribedTo(name) ? errorCode.GROUP_SUBSCRIBED_TO_TOPIC : 0;
    for (const { partitionIndex } of partitions) {
      if (code !== 0 || !context.offsets.hasWritten(groupId, name, partitionIndex)) continue;
      records.push({ kind: 'offset', groupId, topic: name, partition: partitionIndex, value: null });
    }
    return { name, partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: code })) };
  });
  appendInBatches(context, records, {
    committed: () => context.answer(waiter, 'offsetDelete', { topics }),
    failed: (code) => context.answer(waiter, 'offsetDelete', { errorCode: appendErrorOf(code) }),
  });
}

function deletionRefusal(group: ClassicGroup | undefined, groupId: string): number {
  if (groupId === '') return errorCode.INVALID_GROUP_ID;
  if (group === undefined || group.state === 'Dead') return errorCode.GROUP_ID_NOT_FOUND;
  if (group.state !== 'Empty' && !group.usesConsumerProtocol) return errorCode.NON_EMPTY_GROUP;
  return 0;
}
