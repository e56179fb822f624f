/** Groups, as the harness uses them: offsets that many groups commit, and members that join one until it is stable. */
import type { FindCoordinatorResponse } from '../../engine/protocol/generated/find-coordinator-response.js';
import type { HeartbeatResponse } from '../../engine/protocol/generated/heartbeat-response.js';
import type { JoinGroupResponse } from '../../engine/protocol/generated/join-group-response.js';
import type { OffsetCommitResponse } from '../../engine/protocol/generated/offset-commit-response.js';
import type { SyncGroupResponse } from '../../engine/protocol/generated/sync-group-response.js';
import { type FrameSet, whereTheyDiffer } from './frames.ts';
import type { Topic } from './topics.ts';
import { encodeAnswer, encodeFrame, WireClient } from './wire-client.ts';

const offsetCommit = { key: 8, version: 8 };
const findCoordinator = { key: 10, version: 4 };
const joinGroup = { key: 11, version: 7 };
const heartbeat = { key: 12, version: 4 };
const syncGroup = { key: 14, version: 5 };

const rebalanceInProgress = 27;
const memberIdRequired = 79;
const heartbeatMs = 20;
const patienceMs = 120_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function commitOf(topic: Topic, groupId: string, offset: number) {
  const partitions = [{ partitionIndex: 0, committedOffset: BigInt(offset), committedLeaderEpoch: -1 }];
  const topics = [{ name: topic.name, partitions: partitions.map((one) => ({ ...one, committedMetadata: '' })) }];
  return { groupId, generationIdOrMemberEpoch: -1, memberId: '', groupInstanceId: null, topics };
}

/** Each connection commits for groups of its own, which need no members. */
export async function commitFrames(topic: Topic, connections: number, groups: readonly string[]): Promise<FrameSet> {
  const frames = [];
  for (const [index, group] of groups.entries()) {
    const bytes = await encodeFrame(offsetCommit.key, offsetCommit.version, '0', commitOf(topic, group, index));
    frames.push({ connection: index % connections, bytes });
  }
  const answer = (errorCode: number): Promise<Buffer> => {
    const topics = [{ name: topic.name, partitions: [{ partitionIndex: 0, errorCode }] }];
    return encodeAnswer(offsetCommit.key, offsetCommit.version, { topics });
  };
  const good = await answer(0);
  return { frames, answers: [good], errorAt: whereTheyDiffer(good, await answer(1)) };
}

/** Looks for the coordinators of the groups, which makes the offsets topic, and waits until all take commits. */
export async function untilCoordinated(port: number, topic: Topic, groups: readonly string[]): Promise<void> {
  const client = await WireClient.connect(port);
  try {
    await until('the coordinators', async () => {
      const body = { keyType: 0, coordinatorKeys: [...groups] };
      const found = await client.call<FindCoordinatorResponse>(findCoordinator.key, findCoordinator.version, body);
      return found.coordinators.every(({ errorCode }) => errorCode === 0);
    });
    for (const group of groups) {
      await until(group, async () => {
        const body = commitOf(topic, group, 0);
        const { topics } = await client.call<OffsetCommitResponse>(offsetCommit.key, offsetCommit.version, body);
        return topics[0].partitions[0].errorCode === 0;
      });
    }
  } finally {
    client.close();
  }
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const endMs = performance.now() + patienceMs; performance.now() < endMs; await pause(heartbeatMs)) {
    if (await isSo()) return;
  }
  throw new Error(`${what} cannot be had in ${patienceMs} ms`);
}

/** Milliseconds until so many members, who all come at once, are in one generation and have their assignments. */
export async function stableAfterMs(port: number, groupId: string, count: number): Promise<number> {
  const clients = await Promise.all(Array.from({ length: count }, () => WireClient.connect(port)));
  /** By member: the generation whose assignment it has. */
  const generations = new Array<number>(count).fill(-1);
  const isStable = () => generations.every((one) => one >= 0 && one === generations[0]);
  const startedMs = performance.now();
  const endMs = startedMs + patienceMs;
  let stableMs = Number.NaN;
  const member = async (client: WireClient, index: number): Promise<void> => {
    let memberId = '';
    while (Number.isNaN(stableMs)) {
      if (performance.now() > endMs) throw new Error(`${groupId} is not stable after ${patienceMs} ms`);
      const joined = await join(client, groupId, memberId);
      memberId = joined.memberId;
      if (joined.errorCode === memberIdRequired || joined.errorCode === rebalanceInProgress) continue;
      if (joined.errorCode !== 0) throw new Error(`joining ${groupId}: error ${joined.errorCode}`);
      const { generationId } = joined;
      if ((await sync(client, groupId, joined)) === rebalanceInProgress) continue;
      generations[index] = generationId;
      if (isStable()) stableMs = performance.now() - startedMs;
      while (Number.isNaN(stableMs) && (await beat(client, groupId, generationId, memberId)) === 0)
        await pause(heartbeatMs);
    }
  };
  try {
    await Promise.all(clients.map(member));
  } finally {
    for (const client of clients) client.close();
  }
  return stableMs;
}

/** The longest that the heartbeats of a group's only member wait for their answers, one due every so often, until it is over. */
export async function longestBeatMs(
  port: number,
  groupId: string,
  everyMs: number,
  over: Promise<unknown>,
): Promise<number> {
  const client = await WireClient.connect(port);
  try {
    const { memberId } = await join(client, groupId, '');
    const joined = await join(client, groupId, memberId);
    if (joined.errorCode !== 0 || (await sync(client, groupId, joined)) !== 0)
      throw new Error(`${groupId} takes no member: error ${joined.errorCode}`);
    let isOver = false;
    const end = (): void => {
      isOver = true;
    };
    over.then(end, end);
    let longestMs = 0;
    for (let dueMs = performance.now(); !isOver; dueMs += everyMs) {
      await pause(Math.max(0, dueMs - performance.now()));
      const code = await beat(client, groupId, joined.generationId, memberId);
      if (code !== 0) throw new Error(`a heartbeat of ${groupId}: error ${code}`);
      longestMs = Math.max(longestMs, performance.now() - dueMs);
    }
    return longestMs;
  } finally {
    client.close();
  }
}

function join(client: WireClient, groupId: string, memberId: string): Promise<JoinGroupResponse> {
  const protocols = [{ name: 'range', metadata: new Uint8Array(40) }];
  const times = { sessionTimeoutMs: 30_000, rebalanceTimeoutMs: 30_000 };
  const body = { groupId, ...times, memberId, groupInstanceId: null, protocolType: 'consumer', protocols };
  return client.call(joinGroup.key, joinGroup.version, body);
}

async function sync(client: WireClient, groupId: string, joined: JoinGroupResponse): Promise<number> {
  const { generationId, memberId, protocolName, members } = joined;
  const assignments = members.map((one) => ({ memberId: one.memberId, assignment: new Uint8Array(40) }));
  const protocol = { protocolType: 'consumer', protocolName };
  const body = { groupId, generationId, memberId, groupInstanceId: null, ...protocol, assignments };
  const { errorCode } = await client.call<SyncGroupResponse>(syncGroup.key, syncGroup.version, body);
  if (errorCode !== 0 && errorCode !== rebalanceInProgress) throw new Error(`syncing ${groupId}: error ${errorCode}`);
  return errorCode;
}

async function beat(client: WireClient, groupId: string, generationId: number, memberId: string): Promise<number> {
  const body = { groupId, generationId, memberId, groupInstanceId: null };
  return (await client.call<HeartbeatResponse>(heartbeat.key, heartbeat.version, body)).errorCode;
}
