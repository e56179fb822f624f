/** A node that courses of group requests are told to, and what such requests are made of. */
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import { WireClient } from './wire-client.ts';

/** One told answer. */
export type Told = readonly [label: string, answer: unknown];

/** A node that a story is told to: what it answers is kept, with names in the place of what is of chance or time. */
export class Listener {
  readonly told: Told[] = [];
  private readonly port: number;
  private readonly topicIds: ReadonlyMap<string, string>;
  private readonly names = new Map<string, string>();
  private readonly clients: WireClient[] = [];

  constructor(port: number, topicIds: ReadonlyMap<string, string>) {
    this.port = port;
    this.topicIds = topicIds;
    for (const [name, id] of topicIds) this.names.set(id, `<id of ${name}>`);
  }

  topicId(name: string): string {
    return this.topicIds.get(name) ?? 'AAAAAAAAAAAAAAAAAAAAAQ';
  }

  /** Says a request on a connection of its own and keeps the answer. */
  async say(label: string, key: number, version: number, message: object): Promise<Record<string, unknown>> {
    const answer = await this.ask(key, version, message);
    this.told.push([label, this.plain(answer)]);
    return answer as Record<string, unknown>;
  }

  /** The same, without keeping the answer: for requests that wait for others. */
  async ask(key: number, version: number, message: object): Promise<object> {
    const client = await WireClient.connect(this.port);
    this.clients.push(client);
    return client.call(key, version, message);
  }

  keep(label: string, answer: object): void {
    this.told.push([label, this.plain(answer)]);
  }

  /** From now on this text is told as `name`. */
  name(text: string, name: string): string {
    this.names.set(text, name);
    return text;
  }

  close(): void {
    for (const client of this.clients) client.close();
  }

  private plain(value: unknown): unknown {
    if (Array.isArray(value)) return inOrder(value.map((one) => this.plain(one)));
    if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'string') return this.names.get(value) ?? value;
    if (typeof value !== 'object' || value === null) return value;
    const fields: [string, unknown][] = [];
    for (const [field, given] of Object.entries(value)) {
      if (field === 'unknownTaggedFields' || field === 'throttleTimeMs') continue;
      if (field === 'clusterId') fields.push([field, '<cluster>']);
      else if (field === 'port') fields.push([field, given === this.port ? '<port>' : given]);
      else if (field === 'errorMessage') fields.push([field, given === null || given === '' ? given : '<words>']);
      else fields.push([field, this.plain(given)]);
    }
    return Object.fromEntries(fields);
  }
}

/** Brokers list partitions, topics, groups and members in any order. */
function inOrder(values: unknown[]): unknown[] {
  const identities = ['partitionIndex', 'name', 'topicId', 'groupId', 'memberId'];
  const key = (value: unknown): string =>
    identities.map((field) => String((value as Record<string, unknown> | null)?.[field])).join(' ');
  return values.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export interface Joining {
  readonly memberId?: string;
  readonly groupInstanceId?: string | null;
  readonly protocolType?: string;
  readonly protocols?: readonly { readonly name: string; readonly metadata: Uint8Array }[];
  readonly sessionTimeoutMs?: number;
  readonly rebalanceTimeoutMs?: number;
}

export function joining(groupId: string, more: Joining = {}): object {
  return {
    groupId,
    sessionTimeoutMs: 30_000,
    rebalanceTimeoutMs: 30_000,
    memberId: '',
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: subscription(['a']) }],
    ...more,
  };
}

/** A subscription of version 0 as consumers write it. */
export function subscription(topics: readonly string[]): Uint8Array {
  const parts = [Buffer.from([0, 0]), int32(topics.length)];
  for (const topic of topics) parts.push(Buffer.from([0, topic.length]), Buffer.from(topic));
  return Buffer.concat([...parts, int32(-1)]);
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

/** Finds the coordinator until it is there and has read its partition. */
export async function awaitCoordinator(node: Listener): Promise<void> {
  for (;;) {
    const found = (await node.ask(apiKey.FindCoordinator, 4, { coordinatorKeys: ['any'] })) as {
      coordinators: { errorCode: number }[];
    };
    if (found.coordinators[0]!.errorCode === 0) {
      const listed = (await node.ask(apiKey.OffsetFetch, 8, { groups: [{ groupId: 'any', topics: null }] })) as {
        groups: { errorCode: number }[];
      };
      const code = listed.groups[0]!.errorCode;
      if (code !== errorCode.COORDINATOR_LOAD_IN_PROGRESS && code !== errorCode.NOT_COORDINATOR) return;
    }
    await delay(50);
  }
}

export function deletion(groupId: string, names: readonly string[]): object {
  return {
    groupId,
    topics: names.map((name) => ({ name, partitions: [{ partitionIndex: 0 }, { partitionIndex: 99 }] })),
  };
}

export const commitOf = (groupId: string, more: object, topics?: object[]): object => ({
  groupId,
  topics: topics ?? [{ name: 'a', partitions: [{ partitionIndex: 0, committedOffset: 5n, committedMetadata: 'm' }] }],
  ...more,
});

export async function states(node: Listener, groupId: string): Promise<void> {
  for (const version of [0, 3, 5, 6]) {
    await node.say(`described by version ${version}`, apiKey.DescribeGroups, version, {
      groups: [groupId],
      ...(version >= 3 ? { includeAuthorizedOperations: true } : {}),
    });
  }
}
