/** What is done to a cluster, each for a while. At most a minority of the nodes is hurt at a time. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '#engine/base/random.ts';
import { type ClusterClient, NoAnswer } from '../../bench/cluster/cluster-client.ts';
import type { ChaosCluster } from './cluster.ts';

export interface FaultContext {
  readonly cluster: ChaosCluster;
  readonly client: ClusterClient;
  readonly random: Random;
  readonly topic: string;
  /** A node whose directory is a small file system, where such can be mounted. */
  readonly small: { readonly nodeId: number; readonly path: string } | null;
}

/** Begins; answers what ends it. */
type Fault = (context: FaultContext) => Promise<() => Promise<void>>;

/** Only where the context has a small file system. */
export const diskFull = 'disk-full';

const stopTimeoutMs = 180_000;
const fillerBytes = 1 << 20;

export const faults: Readonly<Record<string, Fault>> = {
  kill: (context) => killed(context, minority(context)),
  'kill-controller': async (context) => killed(context, [await controllerOf(context)]),
  'kill-leader': async (context) => killed(context, [await leaderOf(context)]),
  pause: (context) => paused(context, minority(context)),
  'pause-controller': async (context) => paused(context, [await controllerOf(context)]),
  stop: async ({ cluster, ...rest }) => {
    const victims = minority({ cluster, ...rest });
    await Promise.all(victims.map((nodeId) => cluster.node(nodeId).stop(stopTimeoutMs)));
    return async () => {
      for (const nodeId of victims) cluster.node(nodeId).start();
    };
  },
  isolate: (context) => cut(context, minority(context), true, true),
  'isolate-controller': async (context) => cut(context, [await controllerOf(context)], true, true),
  'isolate-leader': async (context) => cut(context, [await leaderOf(context)], true, true),
  deaf: (context) => cut(context, minority(context), true, false),
  mute: (context) => cut(context, minority(context), false, true),
  slow: async ({ cluster, random }) => {
    for (const [from, to] of pairs(cluster)) cluster.network.delay(from, to, 20 + random.below(200));
    return async () => cluster.network.heal();
  },
  resets: async ({ cluster, random }) => {
    for (let round = 0; round < 10; round++) {
      for (const [from, to] of pairs(cluster)) if (random.below(2) === 0) cluster.network.reset(from, to);
      await sleep(100);
    }
    return async () => {};
  },
  /** The node's directory fails, and with it what is kept there: the node may end. It comes back when there is room. */
  [diskFull]: async ({ cluster, small }) => {
    if (small === null) return async () => {};
    const node = cluster.node(small.nodeId);
    const filler = join(small.path, 'filler');
    node.isExpectedToEnd = true;
    await fillUp(filler);
    return async () => {
      rmSync(filler, { force: true });
      await node.kill();
      node.start();
    };
  },
  /** Links are cut one after the other in one order, and all healed at once when most are. */
  swizzle: async ({ cluster, random }) => {
    const victim = pick(nodeIds(cluster), random);
    const links = shuffled(
      pairs(cluster).filter((pair) => pair.includes(victim)),
      random,
    );
    for (const [from, to] of links) {
      cluster.network.block(from, to);
      await sleep(100 + random.below(400));
    }
    return async () => cluster.network.heal();
  },
};

/** Every node once, cleanly, the next when the one before is in sync again. */
export async function rollingRestart({ cluster, client, topic }: FaultContext, timeoutMs: number): Promise<void> {
  for (const node of cluster.nodes) {
    await node.stop(stopTimeoutMs);
    node.start();
    await untilInSync(client, topic, cluster.nodes.length, timeoutMs);
  }
}

/** Whether all replicas were in sync within the time. */
export async function untilInSync(
  client: ClusterClient,
  topic: string,
  replicas: number,
  timeoutMs: number,
): Promise<boolean> {
  const giveUpAtMs = performance.now() + timeoutMs;
  const wanted = Math.min(3, replicas);
  while (performance.now() < giveUpAtMs) {
    const isr = await client.isrOf(topic).catch(ignoreNoAnswer);
    if (isr !== null && isr.size > 0 && [...isr.values()].every((nodes) => nodes.length >= wanted)) return true;
    await sleep(200);
  }
  return false;
}

/** Writes until there is no room for a byte. */
async function fillUp(path: string): Promise<void> {
  const file = openSync(path, 'w');
  try {
    for (let bytes = fillerBytes; bytes >= 1; ) {
      try {
        writeSync(file, Buffer.alloc(bytes, 7));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        bytes >>= 1;
      }
      await sleep(0);
    }
  } finally {
    closeSync(file);
  }
}

async function killed({ cluster }: FaultContext, victims: readonly number[]): Promise<() => Promise<void>> {
  await Promise.all(victims.map((nodeId) => cluster.node(nodeId).kill()));
  return async () => {
    for (const nodeId of victims) cluster.node(nodeId).start();
  };
}

async function paused({ cluster }: FaultContext, victims: readonly number[]): Promise<() => Promise<void>> {
  for (const nodeId of victims) cluster.node(nodeId).pause();
  return async () => {
    for (const nodeId of victims) cluster.node(nodeId).resume();
  };
}

async function cut(
  { cluster }: FaultContext,
  victims: readonly number[],
  inbound: boolean,
  outbound: boolean,
): Promise<() => Promise<void>> {
  for (const [from, to] of pairs(cluster)) {
    if (victims.includes(from) && victims.includes(to)) continue;
    if ((outbound && victims.includes(from)) || (inbound && victims.includes(to))) cluster.network.block(from, to);
  }
  return async () => cluster.network.heal();
}

/** Not the majority of the nodes: one of three, up to two of five. */
function minority({ cluster, random }: FaultContext): number[] {
  const all = shuffled(nodeIds(cluster), random);
  return all.slice(0, 1 + random.below(Math.floor((all.length - 1) / 2)));
}

async function controllerOf(context: FaultContext): Promise<number> {
  const found = await context.client.activeController().catch(ignoreNoAnswer);
  return found ?? pick(nodeIds(context.cluster), context.random);
}

async function leaderOf({ client, cluster, random, topic }: FaultContext): Promise<number> {
  const found = await client.leaderOf(topic, 0).catch(ignoreNoAnswer);
  return found ?? pick(nodeIds(cluster), random);
}

function ignoreNoAnswer(error: unknown): null {
  if (error instanceof NoAnswer) return null;
  throw error;
}

function nodeIds(cluster: ChaosCluster): number[] {
  return cluster.nodes.map(({ nodeId }) => nodeId);
}

function pairs(cluster: ChaosCluster): (readonly [number, number])[] {
  const ids = nodeIds(cluster);
  return ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => [from, to] as const));
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[random.below(from.length)];
}

export function shuffled<T>(from: readonly T[], random: Random): T[] {
  const all = [...from];
  for (let index = all.length - 1; index > 0; index--) {
    const other = random.below(index + 1);
    [all[index], all[other]] = [all[other], all[index]];
  }
  return all;
}
