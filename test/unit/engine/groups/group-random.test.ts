/** Whatever clients do and whatever fails: nobody is answered twice, everybody once, and a restart knows what was recorded. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zeroUuid } from '#engine/base/brands.ts';
import { bytesOf, type ClassicGroup } from '#engine/groups/classic-group.ts';
import type { GroupRecord } from '#engine/groups/group-records.ts';
import { GroupMachine } from '#engine/groups/machine.ts';
import type { GroupConfig, GroupEffect, Moment } from '#engine/groups/types.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import type { GroupCall, GroupReplies } from '#engine/protocol/group-calls.ts';
import { MemoryLogger } from '../../../support/memory-logger.ts';
import { SeededRandom } from '../../../support/seeded-random.ts';
import { calls } from './group-story.ts';

const config: GroupConfig = {
  minSessionTimeoutMs: 100,
  maxSessionTimeoutMs: 100_000,
  initialRebalanceDelayMs: 50,
  maxSize: 5,
  offsetMetadataMaxLength: 10,
  offsetsRetentionMs: 20_000,
  retentionCheckIntervalMs: 5_000,
};
const noTags = { unknownTaggedFields: [] };
const failures = [errorCode.NOT_ENOUGH_REPLICAS, errorCode.MESSAGE_TOO_LARGE, errorCode.KAFKA_STORAGE_ERROR];

class Run {
  readonly random: SeededRandom;
  readonly log: GroupRecord[] = [];
  readonly held: Extract<GroupEffect, { kind: 'append' }>[] = [];
  readonly asked = new Map<number, GroupCall>();
  readonly clients = Array.from({ length: 8 }, (_, index) => ({
    name: `c${index}`,
    memberId: '',
    generationId: -1,
    groupId: `g${index % 2}`,
    instanceId: index < 2 ? `i${index}` : null,
  }));
  readonly owners = new Map<number, (typeof this.clients)[number]>();
  machine: GroupMachine;
  nowMs = 0;
  private waiters = 0;
  private ids = 0;
  private readonly answered = new Set<number>();

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
    this.machine = this.start();
  }

  get now(): Moment {
    return { monotonicMs: this.nowMs, wallMs: 1_000_000 + this.nowMs };
  }

  start(): GroupMachine {
    const machine = new GroupMachine({
      logger: new MemoryLogger(),
      config: () => config,
      newUuid: () => String(++this.ids),
    });
    for (const [offset, record] of this.log.entries()) machine.replay(record, offset, null);
    machine.loaded(this.now);
    return machine;
  }

  step(): void {
    const { random } = this;
    const kind = random.below(20);
    if (kind < 10) this.act();
    else if (kind < 13) this.advance(random.below(200));
    else if (kind < 19) this.decide();
    else if (random.oneIn(10)) this.restart();
    this.settle();
    for (const group of this.machine.groups.values()) check(group);
    const members = [...this.machine.groups.values()].flatMap((group) => [...group.members.values()]);
    const bytes = members.reduce((sum, { protocols }) => sum + bytesOf(protocols), 0);
    assert.equal(this.machine.usage.bytes, bytes);
  }

  /** Lets everything come to an end: appends are decided, and nobody does anything more. */
  finish(): void {
    for (let round = 0; round < 200; round++) {
      while (this.held.length > 0) this.decide();
      this.advance(1000);
    }
    for (const waiter of this.asked.keys()) assert.ok(this.answered.has(waiter), `nobody answered ${waiter}`);
  }

  private act() {
    const { random } = this;
    const client = this.clients[random.below(this.clients.length)]!;
    const words = { session: '4000', rebalance: '3000', version: random.oneIn(2) ? '3' : '9' };
    switch (random.below(9)) {
      case 0:
      case 1: {
        const protocols = ['range', 'range,sticky', 'sticky,range'][random.below(3)]!;
        const id = random.oneIn(8) ? { id: '' } : {};
        return this.call(client, calls.join!(client, { ...words, protocols, topics: 't', ...id }, client.name));
      }
      case 2:
      case 7:
      case 8: {
        const members = [...(this.machine.groups.get(client.groupId)?.members.keys() ?? [])];
        const assign = members.map((id) => `${id}:${id}`).join(',');
        return this.call(client, calls.sync!(client, { assign }, client.name));
      }
      case 3:
        return this.call(client, calls.beat!(client, {}, client.name));
      case 4:
        return random.oneIn(3) ? this.call(client, calls.leave!(client, {}, client.name)) : undefined;
      case 5:
        return this.call(client, this.commitOf(client));
      default:
        return this.call(client, this.administration(client.groupId));
    }
  }

  private commitOf({ groupId, memberId, generationId, instanceId }: (typeof this.clients)[number]): GroupCall {
    const { random } = this;
    const partitions = [
      {
        partitionIndex: random.below(3),
        committedOffset: BigInt(random.below(1000)),
        committedLeaderEpoch: -1,
        committedMetadata: null,
        ...noTags,
      },
    ];
    const isSimple = random.oneIn(3);
    const request = {
      groupId,
      memberId: isSimple ? '' : memberId,
      groupInstanceId: isSimple ? null : instanceId,
      generationIdOrMemberEpoch: isSimple ? -1 : generationId,
      retentionTimeMs: -1n,
      topics: [{ name: random.oneIn(2) ? 't' : 'u', topicId: zeroUuid, partitions, ...noTags }],
      ...noTags,
    };
    return { api: 'offsetCommit', request, version: 9 };
  }

  private administration(groupId: string): GroupCall {
    switch (this.random.below(5)) {
      case 0:
        return { api: 'deleteGroups', groupIds: ['g0', 'g1', 'none'] };
      case 1: {
        const topics = [{ name: 'u', partitions: [{ partitionIndex: 0, ...noTags }], ...noTags }];
        return { api: 'offsetDelete', request: { groupId, topics, ...noTags } };
      }
      case 2:
        return { api: 'listGroups', statesFilter: [], typesFilter: [] };
      case 3:
        return { api: 'describeGroups', groupIds: [groupId] };
      default: {
        const request = { groupId, memberId: null, memberEpoch: -1, topics: null, ...noTags };
        return { api: 'offsetFetch', request, requireStable: true };
      }
    }
  }

  private call(client: (typeof this.clients)[number], call: GroupCall): void {
    const waiter = this.waiters++;
    this.asked.set(waiter, call);
    this.owners.set(waiter, client);
    this.machine.call(call, waiter, this.now);
  }

  private advance(ms: number): void {
    const end = this.nowMs + ms;
    while (this.machine.nextDeadlineMs <= end) {
      this.nowMs = Math.max(this.nowMs, this.machine.nextDeadlineMs);
      this.machine.advance(this.now);
      this.settle();
    }
    this.nowMs = end;
  }

  /** The oldest append comes to its end, now and then a bad one. */
  private decide(): void {
    const append = this.held.shift();
    if (append === undefined) return;
    if (this.random.oneIn(15)) {
      this.machine.appended(append.id, failures[this.random.below(failures.length)]!, -1, this.now);
    } else {
      const baseOffset = this.log.length;
      this.log.push(...append.records);
      this.machine.appended(append.id, 0, baseOffset, this.now);
    }
    this.settle();
  }

  /** The process ends: whoever waited is not answered any more, and the log is what there is. */
  private restart(): void {
    const known = this.machine;
    const undecided = new Set(this.held.flatMap(({ records }) => records.map(({ groupId }) => groupId)));
    for (const waiter of this.asked.keys()) if (!this.answered.has(waiter)) this.asked.delete(waiter);
    this.held.length = 0;
    this.machine = this.start();
    for (const id of ['g0', 'g1']) {
      assert.deepEqual(this.machine.offsets.ofGroup(id), known.offsets.ofGroup(id));
      const [before, after] = [known.groups.get(id), this.machine.groups.get(id)];
      // A static member's place may be taken, and that not be recorded yet.
      if (before?.state !== 'Stable' || undecided.has(id) || before.members.size > config.maxSize) continue;
      assert.equal(after?.state, 'Stable');
      assert.equal(after?.generationId, before.generationId);
      assert.deepEqual(after?.assignments(), before.assignments());
    }
  }

  private settle(): void {
    for (const effect of this.machine.takeEffects()) {
      if (effect.kind === 'append') this.held.push(effect);
      else {
        assert.ok(!this.answered.has(effect.waiter), 'answered twice');
        this.answered.add(effect.waiter);
        this.learn(effect.waiter, effect.reply);
      }
    }
  }

  private learn(waiter: number, reply: GroupReplies[GroupCall['api']]): void {
    if (this.asked.get(waiter)?.api !== 'joinGroup') return;
    const { memberId, generationId, errorCode: code = 0 } = reply as GroupReplies['joinGroup'];
    const client = this.owners.get(waiter)!;
    if (code === errorCode.UNKNOWN_MEMBER_ID || code === errorCode.FENCED_INSTANCE_ID) client.memberId = '';
    if (code !== 0 && code !== errorCode.MEMBER_ID_REQUIRED) return;
    client.memberId = memberId ?? '';
    client.generationId = generationId ?? -1;
  }
}

/** What is so of a group at any time. */
function check(group: ClassicGroup): void {
  const members = [...group.members.values()];
  assert.equal(group.joiningCount, members.filter(({ joining }) => joining !== null).length);
  assert.ok(members.length <= 2 * config.maxSize, `${members.length} members`);
  if (members.length > 0) assert.ok(group.leaderId !== null && group.members.has(group.leaderId), 'no leader');
  for (const { id, membership } of members) {
    if (membership.instanceId !== null) assert.equal(group.staticMemberId(membership.instanceId), id);
  }
  if (group.state === 'Empty' || group.state === 'Dead') assert.equal(members.length, 0, group.state);
  if (group.state === 'Stable' || group.state === 'CompletingRebalance') {
    assert.ok(members.length > 0, group.state);
    for (const member of members) assert.notEqual(member.metadataOf(group.protocolName), undefined);
  }
}

test('whatever clients do and whatever fails, the machine holds together', () => {
  const runs = Number(process.env.MILLRACE_GROUP_RUNS ?? 400);
  for (let seed = 1; seed <= runs; seed++) {
    const run = new Run(seed);
    try {
      for (let step = 0; step < 300; step++) run.step();
      run.finish();
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
});
