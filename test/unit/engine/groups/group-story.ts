/** A machine of groups with clients, a clock and a log, told what happens in words, and telling in words what it does. */
import assert from 'node:assert/strict';
import type { GroupRecord } from '#engine/groups/group-records.ts';
import { GroupMachine } from '#engine/groups/machine.ts';
import type { GroupConfig, GroupEffect, Moment } from '#engine/groups/types.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import type { GroupCall, GroupReply } from '#engine/protocol/group-calls.ts';
import { MemoryLogger } from '../../../support/memory-logger.ts';

const noTags = { unknownTaggedFields: [] };

/** What a client knows of its membership. */
interface Client {
  memberId: string;
  generationId: number;
  groupId: string;
  instanceId: string | null;
}

export type Words = Readonly<Record<string, string | undefined>>;

interface Asked {
  readonly who: string;
  readonly call: GroupCall;
}

export class GroupStory {
  readonly lines: string[] = [];
  readonly log: GroupRecord[] = [];
  readonly clients = new Map<string, Client>();
  readonly logger = new MemoryLogger();
  config: GroupConfig = {
    minSessionTimeoutMs: 6000,
    maxSessionTimeoutMs: 1_800_000,
    initialRebalanceDelayMs: 3000,
    maxSize: 1000,
    offsetMetadataMaxLength: 10,
    offsetsRetentionMs: 100_000,
    retentionCheckIntervalMs: 50_000,
  };
  machine: GroupMachine;
  nowMs = 0;
  holds = false;
  private readonly held: Extract<GroupEffect, { kind: 'append' }>[] = [];
  private readonly asked: Asked[] = [];
  private ids = 0;

  constructor() {
    this.machine = this.newMachine();
    this.machine.loaded(this.now);
  }

  get now(): Moment {
    return { monotonicMs: this.nowMs, wallMs: 1_000_000 + this.nowMs };
  }

  client(name: string): Client {
    let client = this.clients.get(name);
    if (client === undefined) {
      client = { memberId: '', generationId: -1, groupId: 'g', instanceId: null };
      this.clients.set(name, client);
    }
    return client;
  }

  call(who: string, call: GroupCall): void {
    this.asked.push({ who, call });
    this.machine.call(call, this.asked.length - 1, this.now);
    this.settle();
  }

  /** Lets time pass, from one deadline to the next. */
  advance(ms: number): void {
    const end = this.nowMs + ms;
    while (this.machine.nextDeadlineMs <= end) {
      this.nowMs = Math.max(this.nowMs, this.machine.nextDeadlineMs);
      this.machine.advance(this.now);
      this.settle();
    }
    this.nowMs = end;
  }

  /** Appends that were held back succeed, or fail with `code`. */
  release(code = 0): void {
    this.holds = false;
    for (const append of this.held.splice(0)) this.appended(append, code);
    this.settle();
  }

  /** The process ends, and another one reads the log. */
  restart(): void {
    this.held.length = 0;
    this.machine = this.newMachine();
    for (const [offset, record] of this.log.entries()) this.machine.replay(record, offset, null);
    this.machine.loaded(this.now);
    this.settle();
  }

  unload(): void {
    this.machine.unload(this.now);
    this.settle();
  }

  settle(): void {
    for (let effects = this.machine.takeEffects(); effects.length > 0; effects = this.machine.takeEffects()) {
      for (const effect of effects) {
        if (effect.kind === 'answer') this.answered(effect.waiter, effect.reply);
        else if (this.holds) {
          this.say(`log holds back ${effect.records.map(recordText).join(', ')}`);
          this.held.push(effect);
        } else this.appended(effect, 0);
      }
    }
  }

  say(text: string): void {
    this.lines.push(`${String(this.nowMs).padStart(7)} ${text}`);
  }

  private newMachine(): GroupMachine {
    return new GroupMachine({
      logger: this.logger,
      config: () => this.config,
      newUuid: () => String(++this.ids),
    });
  }

  private appended({ id, records }: Extract<GroupEffect, { kind: 'append' }>, code: number): void {
    const texts = records.map(recordText).join(', ');
    if (code === 0) {
      this.say(`log ${texts}`);
      this.machine.appended(id, 0, this.log.length, this.now);
      this.log.push(...records);
    } else {
      this.say(`log fails with ${nameOf(code)}: ${texts}`);
      this.machine.appended(id, code, -1, this.now);
    }
  }

  private answered(waiter: number, reply: GroupReply): void {
    const { who, call } = this.asked[waiter]!;
    const text = replyText(call, reply);
    this.say(`${who} ${text}`);
    if (call.api !== 'joinGroup') return;
    const joined = reply as { errorCode?: number; memberId?: string; generationId?: number };
    const client = this.client(who);
    if ((joined.errorCode ?? 0) === 0 || joined.errorCode === errorCode.MEMBER_ID_REQUIRED) {
      client.memberId = joined.memberId ?? '';
      client.generationId = joined.generationId ?? -1;
    }
  }
}

export function nameOf(code: number): string {
  const found = Object.entries(errorCode).find(([, value]) => value === code);
  assert(found !== undefined, `no error has the code ${code}`);
  return found[0];
}

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('latin1');

function recordText(record: GroupRecord): string {
  if (record.kind === 'offset') {
    const { groupId, topic, partition, value } = record;
    return `${groupId}: ${topic}-${partition} ${value === null ? 'gone' : `= ${value.offset}`}`;
  }
  const { groupId, value } = record;
  if (value === null) return `${groupId} gone`;
  const members = (value.members ?? []).map(
    ({ memberId, assignment }) => `${memberId}:${text(assignment as Uint8Array)}`,
  );
  return `${groupId} generation ${value.generation} [${members.join(' ')}]`;
}

/** The fields that replies are told by. */
interface Told {
  readonly errorCode?: number;
  readonly memberId?: string;
  readonly generationId?: number;
  readonly protocolName?: string;
  readonly leader?: string;
  readonly skipAssignment?: boolean;
  readonly assignment?: Uint8Array;
  readonly members: readonly { readonly memberId: string; readonly errorCode?: number }[];
  readonly topics: readonly ToldTopic[];
}

interface ToldTopic {
  readonly name: string;
  readonly partitions: readonly ToldPartition[];
}

interface ToldPartition {
  readonly partitionIndex: number;
  readonly committedOffset: bigint;
  readonly metadata: string;
  readonly errorCode?: number;
}

type Listed = { readonly groupId: string; readonly groupState: string; readonly errorCode?: number };

function replyText(call: GroupCall, reply: GroupReply): string {
  switch (call.api) {
    case 'describeGroups':
      return (reply as unknown as Described[]).map(describedText).join(' ');
    case 'listGroups': {
      const groups = (reply as unknown as Listed[]).map(({ groupId, groupState }) => `${groupId}:${groupState}`);
      return `groups [${groups.join(' ')}]`;
    }
    case 'deleteGroups':
      return `delete ${codes(reply as unknown as Listed[])}`;
    default:
      return toldText(call.api, reply as unknown as Told);
  }
}

function toldText(api: GroupCall['api'], told: Told): string {
  const refusal = told.errorCode ? `refused ${nameOf(told.errorCode)}` : null;
  const topicCodes = (): string => told.topics.map(({ name, partitions }) => `${name} ${codes(partitions)}`).join(' ');
  switch (api) {
    case 'joinGroup':
      return refusal === null ? joinedText(told) : `join ${refusal}${told.memberId ? ` id ${told.memberId}` : ''}`;
    case 'syncGroup':
      return refusal === null ? `assigned '${text(told.assignment)}'` : `sync ${refusal}`;
    case 'leaveGroup':
      return refusal === null ? `left ${codes(told.members)}` : `leave ${refusal}`;
    case 'offsetCommit':
      return `commit ${topicCodes()}`;
    case 'offsetFetch':
      return `offsets ${offsetsText(told.topics)}`;
    case 'offsetDelete':
      return refusal ?? `deleted ${topicCodes()}`;
    default:
      return `${api} ${refusal ?? 'ok'}`;
  }
}

function joinedText({ memberId, generationId, protocolName, leader, members, skipAssignment }: Told): string {
  const ids = members.map((one) => one.memberId);
  const part = ids.length > 0 ? `leads [${ids.join(' ')}]` : `follows ${leader}`;
  const skips = skipAssignment ? ' skips assignment' : '';
  return `joined as ${memberId} generation ${generationId} ${protocolName} ${part}${skips}`;
}

interface Described {
  readonly groupId: string;
  readonly groupState: string;
  readonly protocolData: string;
  readonly members: readonly { memberId: string; memberAssignment: Uint8Array }[];
}

function describedText({ groupId, groupState, protocolData, members = [] }: Described): string {
  const listed = members.map(({ memberId, memberAssignment }) => `${memberId}:${text(memberAssignment)}`);
  return `${groupId} is ${groupState}${protocolData ? ` ${protocolData}` : ''} [${listed.join(' ')}]`;
}

function codes(items: readonly { errorCode?: number }[]): string {
  return `[${items.map((item) => ((item.errorCode ?? 0) === 0 ? 'ok' : nameOf(item.errorCode!))).join(' ')}]`;
}

function offsetsText(topics: readonly ToldTopic[]): string {
  const parts = topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, committedOffset, metadata, errorCode: code }) => {
      const note = metadata === '' ? '' : `(${metadata})`;
      return `${name}-${partitionIndex}=${code ? nameOf(code) : committedOffset}${note}`;
    }),
  );
  return `[${parts.join(' ')}]`;
}

/** A subscription of version 0. */
export function subscription(topics: readonly string[]): Uint8Array {
  const parts = [Buffer.from([0, 0, 0, 0, 0, topics.length])];
  for (const topic of topics) parts.push(Buffer.from([0, topic.length]), Buffer.from(topic));
  return new Uint8Array(Buffer.concat([...parts, Buffer.from([0xff, 0xff, 0xff, 0xff])]));
}

/** The calls of a story's commands, from their words. */
export const calls: Readonly<Record<string, (client: Client, words: Words, name: string) => GroupCall>> = {
  join: (client, words, name) => {
    if (words.instance !== undefined) client.instanceId = words.instance;
    if (words.group !== undefined) client.groupId = words.group;
    const metadata = subscription((words.topics ?? 't').split(','));
    return {
      api: 'joinGroup',
      request: {
        groupId: client.groupId,
        sessionTimeoutMs: Number(words.session ?? 10_000),
        rebalanceTimeoutMs: Number(words.rebalance ?? 60_000),
        memberId: words.id ?? client.memberId,
        groupInstanceId: client.instanceId,
        protocolType: words.type ?? 'consumer',
        protocols: (words.protocols ?? 'range').split(',').map((protocol) => ({ name: protocol, metadata, ...noTags })),
        reason: null,
        ...noTags,
      },
      caller: { clientId: name, clientHost: '/127.0.0.1', version: Number(words.version ?? 9) },
    };
  },
  sync: (client, words) => ({
    api: 'syncGroup',
    request: {
      ...identity(client, words),
      protocolType: 'consumer',
      protocolName: words.protocol ?? null,
      assignments: (words.assign ?? '')
        .split(',')
        .filter((one) => one !== '')
        .map((one) => {
          const [memberId, assignment] = one.split(':');
          return { memberId: memberId!, assignment: Buffer.from(assignment!), ...noTags };
        }),
      ...noTags,
    },
  }),
  beat: (client, words) => ({ api: 'heartbeat', request: { ...identity(client, words), ...noTags } }),
  leave: (client, words) => ({
    api: 'leaveGroup',
    request: {
      groupId: client.groupId,
      memberId: '',
      members: [
        {
          memberId: words.id ?? client.memberId,
          groupInstanceId: words.instance ?? client.instanceId,
          reason: null,
          ...noTags,
        },
      ],
      ...noTags,
    },
  }),
};

export function identity(client: Client, words: Words) {
  return {
    groupId: words.group ?? client.groupId,
    generationId: Number(words.generation ?? client.generationId),
    memberId: words.id ?? client.memberId,
    groupInstanceId: client.instanceId,
  };
}
