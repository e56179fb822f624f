/** Apache Kafka's own ProducerPerformance and ConsumerPerformance, as their scripts start them: eyes that are not ours. */
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrokers, stopBrokers } from './brokers.ts';
import { batchOf } from './load/batches.ts';
import { outputOf } from './load/run-program.ts';
import { createTopic, deleteTopic, fillTopic, names, type Topic } from './load/topics.ts';
import type { Options } from './options.ts';
import { classpath, flags, quietLog } from './peer/apache.ts';
import { cpuSeconds } from './process-stats.ts';
import type { Progress } from './progress.ts';
import type { Figures, RunResult } from './report.ts';
import { measuredRounds } from './rounds.ts';
import type { Target } from './target.ts';

/** As in the server.properties that Apache Kafka is shipped with. */
const quickJoin = { 'group.initial.rebalance.delay.ms': '0' };

const joinGroupKey = 11;
const recordBytes = 100;
const warmUpRecords = 200_000;
/** A round has so many records for each second that it is meant to take: about what the tools move on two cores. */
const producedASecond = 300_000;
const consumedASecond = 1_000_000;

export async function runJavaTool(
  workload: 'java-produce' | 'java-fetch',
  options: Options,
  progress: Progress,
): Promise<RunResult | null> {
  const brokers = await startBrokers(options, quickJoin);
  try {
    for (const { target } of brokers) {
      // ConsumerPerformance is always the member of a group.
      if (workload === 'java-fetch' && !(await names(target.port, joinGroupKey))) {
        progress.note(`java-fetch is left out: ${target.name} does not name JoinGroup in ApiVersions`);
        return null;
      }
    }
    const measure = workload === 'java-produce' ? produceRound : fetchRound;
    const round = async (target: Target, number: number): Promise<Figures> => {
      const topic = await createTopic(target.port, `java${number}`, options.partitions);
      try {
        return await measure(target, topic, options);
      } finally {
        await deleteTopic(target.port, topic);
      }
    };
    // Each is long enough for the broker.
    const times = { rounds: options.rounds, firstRounds: Math.min(1, options.firstRounds) };
    const targets = brokers.map(({ target }) => target);
    return { workload, rounds: await measuredRounds(targets, times, progress, round), details: { recordBytes } };
  } finally {
    await stopBrokers(brokers);
  }
}

async function produceRound(target: Target, topic: Topic, options: Options): Promise<Figures> {
  const records = Math.ceil(options.seconds * producedASecond) + warmUpRecords;
  const before = cpuSeconds(target.pid);
  const said = await javaTool('ProducerPerformance', [
    ...['--bootstrap-server', `127.0.0.1:${target.port}`, '--topic', topic.name],
    ...['--num-records', String(records), '--warmup-records', String(warmUpRecords)],
    ...['--record-size', String(recordBytes), '--throughput', '-1'],
    ...['--command-property', `acks=${options.acks}`],
    ...(options.acks === -1 ? [] : ['enable.idempotence=false']),
  ]);
  const cpu = cpuSeconds(target.pid) - before;
  return { ...readProducerPerformance(said), 'broker CPU s/GB': cpu / ((records * recordBytes) / 1e9) };
}

async function fetchRound(target: Target, topic: Topic, options: Options): Promise<Figures> {
  const batch = await batchOf({ recordBytes, batchBytes: 16_384 }, 0);
  const batches = Math.ceil((options.seconds * consumedASecond) / batch.records / topic.partitions);
  await fillTopic(target.port, topic, batch, batches);
  const records = batches * batch.records * topic.partitions;
  const before = cpuSeconds(target.pid);
  const said = await javaTool('ConsumerPerformance', [
    ...['--bootstrap-server', `127.0.0.1:${target.port}`, '--topic', topic.name],
    ...['--num-records', String(records), '--timeout', '30000'],
  ]);
  const cpu = cpuSeconds(target.pid) - before;
  return { ...readConsumerPerformance(said), 'broker CPU s/GB': cpu / ((records * recordBytes) / 1e9) };
}

async function javaTool(name: string, args: readonly string[]): Promise<string> {
  const config = join(tmpdir(), `millrace-bench-log4j2-${process.pid}.properties`);
  writeFileSync(config, quietLog);
  try {
    const log = `-Dlog4j2.configurationFile=${config}`;
    const main = `org.apache.kafka.tools.${name}`;
    return await outputOf('java', ['-Xmx512M', ...flags, log, '-cp', classpath(), main, ...args]);
  } finally {
    rmSync(config, { force: true });
  }
}

/** The last line of totals: after the warm-up where there is one. */
export function readProducerPerformance(said: string): Figures {
  const pattern =
    /^([\d.]+) (?:\S+ )*?records sent, ([\d.]+) records\/sec \(([\d.]+) MB\/sec\), ([\d.]+) ms avg latency, ([\d.]+) ms max latency, (\d+) ms 50th, (\d+) ms 95th, (\d+) ms 99th, (\d+) ms 99\.9th\.$/gm;
  const last = [...said.matchAll(pattern)].at(-1);
  if (last === undefined) throw new Error(`ProducerPerformance said no totals: ${said.slice(-2000)}`);
  const [, , recordsASecond, mebibytesASecond, , max, p50, , p99, p999] = last.map(Number);
  return {
    'records/s': recordsASecond,
    'MB/s': mebibytesASecond * 1.048576,
    'p50 ms': p50,
    'p99 ms': p99,
    'p99.9 ms': p999,
    'max ms': max,
  };
}

/** A line of names and a line of values. */
export function readConsumerPerformance(said: string): Figures {
  const lines = said.split('\n').map((line) => line.split(',').map((word) => word.trim()));
  const at = lines.findIndex((words) => words.includes('MB.sec'));
  const value = (name: string) => Number(lines[at + 1]?.[lines[at].indexOf(name)]);
  const figures = {
    'records/s': at < 0 ? Number.NaN : value('nMsg.sec'),
    'MB/s': at < 0 ? Number.NaN : value('MB.sec') * 1.048576,
    'fetch MB/s': at < 0 ? Number.NaN : value('fetch.MB.sec') * 1.048576,
    'rebalance ms': at < 0 ? Number.NaN : value('rebalance.time.ms'),
  };
  if (Object.values(figures).some(Number.isNaN))
    throw new Error(`ConsumerPerformance said no totals: ${said.slice(-2000)}`);
  return figures;
}
