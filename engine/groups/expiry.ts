import { deleteGroup } from './administration.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { CommittedOffset, GroupRecord } from './group-records.ts';
import { appendInBatches, offsetTombstones } from './tombstones.ts';
import type { GroupContext } from './types.ts';

/**
 * Offsets are kept for `offsets.retention.minutes`: of a group without members since the last one left, of topics that a
 * group of consumers is not subscribed to since they were committed, and so of those who only store offsets. A group that
 * has neither members nor offsets goes too (KIP-211).
 */
export function expireOffsets(context: GroupContext, groupIds: readonly string[]): void {
  let offsets = 0;
  let groups = 0;
  for (const groupId of groupIds) {
    const group = context.groups.get(groupId);
    if (group === undefined || group.state === 'Dead') continue;
    const written = context.offsets.written(group.id);
    const records = written
      .filter(([topic, partition, value]) => isExpired(context, group, topic, partition, value))
      .map(([topic, partition]): GroupRecord => ({ kind: 'offset', groupId: group.id, topic, partition, value: null }));
    offsets += records.length;
    if (isLeftOver(context, group, written.length - records.length)) {
      groups += 1;
      deleteGroup(context, group, (code) => logFailure(context, code));
    } else appendInBatches(context, records, { committed: () => {}, failed: (code) => logFailure(context, code) });
  }
  if (offsets + groups > 0) context.logger.info({ offsets, groups }, 'expired offsets and empty groups are removed');
}

function logFailure(context: GroupContext, code: number): void {
  if (code !== 0) context.logger.warn({ code }, 'expired offsets could not be removed');
}

function isExpired(
  context: GroupContext,
  group: ClassicGroup,
  topic: string,
  partition: number,
  value: CommittedOffset,
): boolean {
  const sinceMs = keptSince(group, value);
  if (sinceMs === null || group.isSubscribedTo(topic) || context.offsets.isUnstable(group.id, topic, partition)) {
    return false;
  }
  const { wallMs } = context.now;
  if (value.expireTimestampMs >= 0) return wallMs >= value.expireTimestampMs;
  return wallMs - sinceMs >= context.config().offsetsRetentionMs;
}

/** From when on an offset is kept; null: it does not expire now. */
function keptSince(group: ClassicGroup, { commitTimestampMs }: CommittedOffset): number | null {
  if (group.protocolType === null) return commitTimestampMs;
  if (group.state === 'Empty') return group.stateTimestampMs >= 0 ? group.stateTimestampMs : commitTimestampMs;
  const isSettled = group.state === 'Stable' && group.usesConsumerProtocol && group.subscribed !== null;
  return isSettled ? commitTimestampMs : null;
}

/** Somebody who was given an id is about to join. */
function isLeftOver(context: GroupContext, group: ClassicGroup, offsetsLeft: number): boolean {
  const isAlone = group.state === 'Empty' && group.pendingJoins.size === 0;
  return isAlone && offsetsLeft === 0 && !context.offsets.hasPending(group.id);
}

/** Topics are gone: so are their offsets. */
export function forgetTopics(context: GroupContext, topics: ReadonlySet<string>): void {
  for (const groupId of context.offsets.groupsWith(topics)) {
    const records = offsetTombstones(context, groupId, (topic) => topics.has(topic));
    appendInBatches(context, records, { committed: () => {}, failed: (code) => logFailure(context, code) });
  }
}
