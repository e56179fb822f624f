import { emptyBytes } from '../protocol/types.ts';
import type { ClassicGroup } from './classic-group.ts';
import type { GroupMetadataRecord, GroupRecord } from './group-records.ts';
import { makeGroup } from './join.ts';
import { makeMember } from './rebalance.ts';
import type { GroupContext } from './types.ts';

/**
 * What a record means: the same when a partition is read after a start and when a record that was decided here is
 * committed. Of a group that lives here most is known before; its assignments count from here on.
 */
export function replay(
  context: GroupContext,
  record: GroupRecord,
  recordOffset: number,
  producerId: bigint | null,
): void {
  if (record.kind === 'group') {
    replayGroup(context, record);
    return;
  }
  if (record.value !== null && !context.groups.has(record.groupId)) makeGroup(context, record.groupId);
  context.offsets.replay(record, recordOffset, producerId);
}

function replayGroup(context: GroupContext, record: GroupMetadataRecord): void {
  const { groupId, value } = record;
  const known = context.groups.get(groupId);
  if (value === null) {
    known?.clear();
    context.groups.delete(groupId);
  } else if (known !== undefined && context.isServing) assign(context, known, record);
  else restore(context, record);
}

/** The leader's assignment is recorded; another rebalance may have begun meanwhile. */
function assign(context: GroupContext, group: ClassicGroup, { value }: GroupMetadataRecord): void {
  if (value === null || group.state !== 'CompletingRebalance' || value.generation !== group.generationId) return;
  for (const { memberId, assignment } of value.members ?? []) {
    const member = group.members.get(memberId ?? '');
    if (member !== undefined) member.assignment = assignment ?? emptyBytes;
  }
  group.moveTo('Stable', context.now.wallMs);
}

/** A group as it was when its record was written. */
function restore(context: GroupContext, { groupId, value }: GroupMetadataRecord): void {
  if (value === null) return;
  context.groups.get(groupId)?.clear();
  const group = makeGroup(context, groupId);
  group.generationId = value.generation ?? 0;
  for (const stored of value.members ?? []) {
    const { memberId = '', groupInstanceId = null, clientId = '', clientHost = '' } = stored;
    const protocolType = value.protocolType ?? '';
    const member = makeMember(context, group, memberId, {
      instanceId: groupInstanceId,
      clientId,
      clientHost,
      protocolType,
    });
    member.sessionTimeoutMs = stored.sessionTimeout ?? 0;
    const rebalanceTimeoutMs = stored.rebalanceTimeout ?? -1;
    member.rebalanceTimeoutMs = rebalanceTimeoutMs === -1 ? member.sessionTimeoutMs : rebalanceTimeoutMs;
    member.protocols = [{ name: value.protocol ?? '', metadata: stored.subscription ?? emptyBytes }];
    member.assignment = stored.assignment ?? emptyBytes;
    group.add(member);
  }
  group.protocolType = value.protocolType === '' ? null : (value.protocolType ?? null);
  group.protocolName = value.protocol ?? null;
  group.leaderId = value.leader ?? null;
  group.state = group.members.size === 0 ? 'Empty' : 'Stable';
  group.previousState = group.state;
  group.stateTimestampMs = Number(value.currentStateTimestamp ?? -1n);
  group.readSubscriptions();
}
