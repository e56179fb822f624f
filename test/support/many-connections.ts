/**
 * A load client in a process of its own: opens `idle` connections that say who they are and then nothing, and, when told
 * to by a line on its standard input, `busy` ones that produce one record after the other for a while. What it did goes
 * to standard output, a line of JSON a step.
 *
 *     node many-connections.ts PORT IDLE BUSY SECONDS TOPIC PARTITIONS
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { batchOf, produce } from './client-calls.ts';
import { PipelinedClient } from './pipelined-client.ts';

export interface BusyReport {
  /** Records that were acknowledged, by connection: their values are `connection/0`, `connection/1` and so on. */
  readonly acknowledged: readonly number[];
  /** Errors and lost connections. */
  readonly failures: readonly string[];
  /** Idle connections that were answered once more at the end. */
  readonly stillServed: number;
}

const atOnce = 100;
const aboutUs = { clientSoftwareName: 'many', clientSoftwareVersion: '1' };

/** Connects and says who it is; a hundred at a time, so that the listener's queue does not overflow. */
async function open(port: number, count: number): Promise<PipelinedClient[]> {
  const clients: PipelinedClient[] = [];
  while (clients.length < count) {
    const length = Math.min(atOnce, count - clients.length);
    const some = await Promise.all(Array.from({ length }, () => PipelinedClient.connect(port)));
    await Promise.all(some.map((client) => client.call(18, 3, aboutUs)));
    clients.push(...some);
  }
  return clients;
}

async function produceUntil(client: PipelinedClient, connection: number, endMs: number): Promise<number> {
  let count = 0;
  // Also the slowest has its turn.
  for (; count === 0 || performance.now() < endMs; count++) {
    const records = batchOf([Buffer.from(`${connection}/${count}`)]);
    const answer = await produce(client, [{ topic, partition: connection % partitions, records }]);
    const { errorCode } = answer.responses[0]!.partitionResponses[0]!;
    if (errorCode !== 0) throw new Error(`error ${errorCode} for ${connection}/${count}`);
  }
  return count;
}

async function stillServed(clients: readonly PipelinedClient[]): Promise<number> {
  const answers = await Promise.allSettled(clients.map((client) => client.call(18, 3, aboutUs)));
  return answers.filter(({ status }) => status === 'fulfilled').length;
}

async function runBusy(idle: readonly PipelinedClient[], busy: readonly PipelinedClient[]): Promise<BusyReport> {
  const endMs = performance.now() + seconds * 1000;
  const outcomes = await Promise.allSettled(busy.map((client, index) => produceUntil(client, index, endMs)));
  return {
    acknowledged: outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 0)),
    failures: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : [])),
    stillServed: await stillServed(idle),
  };
}

const [port, idleCount, busyCount, seconds] = process.argv.slice(2, 6).map(Number) as [number, number, number, number];
const topic = process.argv[6]!;
const partitions = Number(process.argv[7]);
const say = (line: object): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

const idle = await open(port, idleCount);
say({ idle: idle.length });
await once(createInterface({ input: process.stdin }), 'line');
const busy = await open(port, busyCount);
say(await runBusy(idle, busy));
process.exit(0);
