/**
 * One of two log directories stalls again and again: what those notice who write to the other one, and members of groups.
 * The disk is made to stall in the process of the broker (stall.c), ours and the peer alike.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Broker, startBroker } from '../brokers.ts';
import { compileLibrary } from '../compile.ts';
import { batchOf } from '../load/batches.ts';
import { type FrameSet, produceFrames } from '../load/frames.ts';
import { longestBeatMs, untilCoordinated } from '../load/group-client.ts';
import { type Round, runClient } from '../load/run-client.ts';
import { createTopic, fillTopic, type Topic } from '../load/topics.ts';
import type { Options } from '../options.ts';
import type { NodeFiles } from '../peer/node-properties.ts';
import type { Progress } from '../progress.ts';
import type { Figures, RunResult } from '../report.ts';
import { inTurn } from '../rounds.ts';

const stallMs = 500;
const everyMs = 2000;
/** A round sees some stalls. */
export const stallRoundSeconds = 3 * (everyMs / 1000);
export const stallWarmUpSeconds = 1;
/** It says all that there is to say in a few rounds. */
export const stallRounds = ({ rounds, full, workloads }: Options): number =>
  full || workloads.length > 0 ? Math.min(rounds, 4) : Math.min(rounds, 2);
/** In each directory. */
const topicsEach = 3;
const shape = { recordBytes: 100, records: 10 };
/** Requests a second of each connection. */
const sound = { connections: 4, threads: 2, inFlight: 5, rate: 250 };
const stalling = { connections: 2, threads: 1, inFlight: 5, rate: 50 };
const groups = ['stall-a', 'stall-b', 'stall-c', 'stall-d'];
const beatEveryMs = 100;

const switchOf = (files: NodeFiles): string => join(files.directory, 'stall-switch');

function surroundings(files: NodeFiles): Readonly<Record<string, string>> {
  writeFileSync(switchOf(files), '0');
  return {
    LD_PRELOAD: compileLibrary('stall/stall.c'),
    STALL_SWITCH: switchOf(files),
    STALL_DIRECTORY: files.logDirectories[1],
    STALL_MS: String(stallMs),
    STALL_EVERY_MS: String(everyMs),
  };
}

export async function runStall(options: Options, progress: Progress): Promise<RunResult> {
  const rounds: RunResult['rounds'][number][] = [];
  const names = (['ours', 'peer'] as const).filter((name) => options[name]);
  for (let round = 0; round < stallRounds(options); round++) {
    for (const name of inTurn(names, round)) {
      progress.round(name, round, stallRounds(options));
      const properties = { 'group.initial.rebalance.delay.ms': '0', 'offsets.topic.num.partitions': '8' };
      const broker = await startBroker(name, options, properties, { logDirectories: 2, env: surroundings });
      try {
        rounds.push({ target: name, figures: await stallRound(broker, options) });
      } finally {
        await broker.target.stop();
      }
    }
  }
  return { workload: 'stall', rounds, details: { stallMs, everyMs, sound, stalling } };
}

async function stallRound(broker: Broker, options: Options): Promise<Figures> {
  const { target, files } = broker;
  const [first, second] = await topicsByDirectory(broker);
  await untilCoordinated(target.port, first[0], groups);
  const [soundFrames, stallingFrames] = [
    await framesOf(first, sound.connections, options),
    await framesOf(second, stalling.connections, options),
  ];
  const measure = (): Promise<[Round, Round]> =>
    Promise.all([run(broker, soundFrames, sound, options), run(broker, stallingFrames, stalling, options)]);
  const undisturbed = await measure();
  writeFileSync(switchOf(files), '1');
  const both = measure();
  const beats = await Promise.all(groups.map((group) => longestBeatMs(target.port, group, beatEveryMs, both)));
  const disturbed = await both;
  writeFileSync(switchOf(files), '0');
  const stalledMs = disturbed[1].latencyUs.max / 1000;
  if (stalledMs < stallMs / 2) throw new Error(`nobody noticed that a directory stalls: ${stalledMs} ms at most`);
  return {
    'p99 us undisturbed': undisturbed[0].latencyUs.p99,
    'p99 us': disturbed[0].latencyUs.p99,
    'p99 times undisturbed': disturbed[0].latencyUs.p99 / undisturbed[0].latencyUs.p99,
    'max us': disturbed[0].latencyUs.max,
    'longest heartbeat ms': Math.max(...beats),
    'longest in the stalling directory ms': stalledMs,
  };
}

function run({ target }: Broker, frames: FrameSet, load: typeof sound, options: Options): Promise<Round> {
  return runClient(target, frames, {
    ...load,
    warmUpMs: stallWarmUpSeconds * 1000,
    durationMs: stallRoundSeconds * 1000,
    maxBytes: Number.MAX_SAFE_INTEGER,
    acks: options.acks,
    gather: options.gather,
  });
}

/** Topics of one partition each, by the directory that their logs are in. */
async function topicsByDirectory({ target, files }: Broker): Promise<readonly [Topic[], Topic[]]> {
  const found: [Topic[], Topic[]] = [[], []];
  const batch = await batchOf(shape, 0);
  for (let number = 10; found.some((topics) => topics.length < topicsEach); number++) {
    if (number === 100) throw new Error('the logs of new topics are not spread over both directories');
    const topic = await createTopic(target.port, `stall${number}`, 1);
    await fillTopic(target.port, topic, batch, 1);
    const at = files.logDirectories.findIndex((path) => readdirSync(path).includes(`${topic.name}-0`));
    if (at < 0) throw new Error(`the log of ${topic.name} is in none of the directories`);
    found[at].push(topic);
  }
  return found;
}

/** One request after the other to each topic. Their names are as long, so the answers' error codes are at one place. */
async function framesOf(topics: readonly Topic[], connections: number, { acks }: Options): Promise<FrameSet> {
  const sets = await Promise.all(topics.map((topic) => produceFrames({ topic, connections, shape, acks })));
  return { frames: sets.flatMap(({ frames }) => frames), answers: [], errorAt: sets[0].errorAt };
}
