/** Several nodes of ours in processes of their own that are one quorum, for the time of a test. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiKey } from '#engine/protocol/api-table.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import type { DescribeQuorumResponse } from '#engine/protocol/generated/describe-quorum-response.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import { freePorts } from './free-port.ts';
import { Millrace, propertiesText } from './millrace.ts';
import { runCommand } from './run-command.ts';
import { makeTempDir, removeTempDir } from './temp-dir.ts';
import { patienceMs } from './until.ts';
import { ClosedByBroker, callOnce } from './wire-client.ts';

export const quorumClusterId = 'bWlsbHJhY2UtcXVvcnVtMQ';
const storageTool = join(import.meta.dirname, '../../bin/kafka-storage.sh');

/** Where a node of the quorum is, whoever runs it. */
export interface QuorumPlace {
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
}

/** @param firstId ids follow one another. */
export async function quorumPlaces(count: number, firstId = 1): Promise<QuorumPlace[]> {
  const ports = await freePorts(2 * count);
  return Array.from({ length: count }, (_, at) => ({
    id: firstId + at,
    port: ports[2 * at]!,
    controllerPort: ports[2 * at + 1]!,
  }));
}

export function staticVoters(places: readonly QuorumPlace[]): string {
  return places.map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`).join(',');
}

export function quorumProperties(place: QuorumPlace, places: readonly QuorumPlace[], directory: string) {
  const listeners = `PLAINTEXT://127.0.0.1:${place.port},CONTROLLER://127.0.0.1:${place.controllerPort}`;
  return {
    'process.roles': 'broker,controller',
    'node.id': String(place.id),
    'controller.quorum.voters': staticVoters(places),
    listeners,
    'advertised.listeners': listeners,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': directory,
    'offsets.topic.replication.factor': '1',
  };
}

/** One node of ours, formatted and not yet started. */
export class QuorumNode {
  readonly place: QuorumPlace;
  readonly home: string;
  readonly properties: Readonly<Record<string, string>>;
  node: Millrace | undefined;

  constructor(place: QuorumPlace, places: readonly QuorumPlace[], properties: Readonly<Record<string, string>> = {}) {
    this.place = place;
    this.home = makeTempDir('millrace-quorum-');
    const directory = join(this.home, 'data');
    mkdirSync(directory);
    this.properties = {
      ...quorumProperties(place, places, directory),
      'num.io.threads': '1',
      // Others may take long to start, where all do at once.
      'initial.broker.registration.timeout.ms': '600000',
      'millrace.metrics.listener': '',
      ...properties,
    };
  }

  async format(flags: readonly string[] = []): Promise<void> {
    const file = join(this.home, 'format.properties');
    writeFileSync(file, propertiesText(this.properties));
    const { code, stdout, stderr } = await runCommand(storageTool, [
      'format',
      '-t',
      quorumClusterId,
      '-c',
      file,
      ...flags,
    ]);
    if (code !== 0) throw new Error(`formatting failed: ${stdout}${stderr}`);
  }

  /** For a start that is not expected to succeed. */
  startArguments(): string[] {
    const file = join(this.home, 'refused.properties');
    writeFileSync(file, propertiesText(this.properties));
    return [file];
  }

  /** The process begins; whether it serves is for `serving` to say. */
  start(): this {
    this.node = new Millrace({ properties: this.properties }, [this.place.port, this.place.controllerPort], this.home);
    return this;
  }

  get running(): Millrace {
    if (this.node === undefined) throw new Error(`node ${this.place.id} was not started`);
    return this.node;
  }

  async end(): Promise<void> {
    if (this.node?.isRunning) await this.node.kill();
    removeTempDir(this.home);
  }
}

/** What makes a node one of the two only. */
export function controllerOnly({ controllerPort }: QuorumPlace): Record<string, string> {
  const listeners = `CONTROLLER://127.0.0.1:${controllerPort}`;
  return { 'process.roles': 'controller', listeners, 'advertised.listeners': listeners };
}

export function brokerOnly({ port }: QuorumPlace): Record<string, string> {
  const listeners = `PLAINTEXT://127.0.0.1:${port}`;
  return { 'process.roles': 'broker', listeners, 'advertised.listeners': listeners };
}

interface TestLife {
  after(run: () => Promise<void>): void;
}

/** Formats and starts them, and waits until they serve; they end with the test. */
export async function startAll(t: TestLife, nodes: readonly QuorumNode[]): Promise<void> {
  t.after(async () => {
    for (const node of nodes) await node.end();
  });
  for (const node of nodes) await node.format();
  for (const node of nodes) node.start();
  await Promise.all(nodes.map((node) => node.running.serving()));
}

/** Nodes that are broker and controller, started and serving. */
export async function startQuorum(
  t: TestLife,
  count: number,
  properties: Readonly<Record<string, string>> = {},
): Promise<QuorumNode[]> {
  const places = await quorumPlaces(count);
  const nodes = places.map((place) => new QuorumNode(place, places, properties));
  await startAll(t, nodes);
  return nodes;
}

/** Asks again and again until there is an answer that will do; connections that break are part of the game. */
export async function eventually<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + patienceMs;
  let last: unknown = null;
  while (performance.now() < deadline) {
    try {
      const answer = await ask();
      if (answer !== null) return answer;
    } catch (error) {
      last = error;
    }
    await sleep(20);
  }
  throw new Error(`${what}: not within ${patienceMs} ms`, { cause: last });
}

export interface QuorumView {
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly highWatermark: number;
  readonly ends: ReadonlyMap<number, number>;
  readonly observers: readonly number[];
}

/** The quorum as its leader describes it; null where the node at `port` does not lead. */
export async function describeQuorum(port: number): Promise<QuorumView | null> {
  const topics = [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }];
  const answer = await callOnce<DescribeQuorumResponse>(port, apiKey.DescribeQuorum, 1, { topics });
  const partition = answer.topics[0]?.partitions[0];
  if (answer.errorCode !== 0 || partition === undefined || partition.errorCode !== 0) return null;
  return {
    leaderId: partition.leaderId,
    leaderEpoch: partition.leaderEpoch,
    highWatermark: Number(partition.highWatermark),
    ends: new Map(partition.currentVoters.map(({ replicaId, logEndOffset }) => [replicaId, Number(logEndOffset)])),
    observers: partition.observers.map(({ replicaId }) => replicaId),
  };
}

/** The leader's own description, asked of whichever controller it is. */
export function leaderOf(places: readonly QuorumPlace[]): Promise<QuorumView> {
  return eventually('a leader', async () => {
    for (const { controllerPort } of places) {
      try {
        const view = await describeQuorum(controllerPort);
        if (view !== null) return view;
      } catch (error) {
        if (!(error instanceof ClosedByBroker) && (error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
      }
    }
    return null;
  });
}

/** Makes a topic by the broker at `port`; null: not now. */
export async function tryCreateTopic(port: number, name: string): Promise<true | null> {
  const topics = [{ name, numPartitions: 1, replicationFactor: 1 }];
  const { topics: answers } = await callOnce<CreateTopicsResponse>(port, apiKey.CreateTopics, 7, {
    topics,
    timeoutMs: 5000,
  });
  const code = answers[0]?.errorCode;
  if (code === errorCode.NONE || code === errorCode.TOPIC_ALREADY_EXISTS) return true;
  return null;
}

/** Topics that the broker at `port` knows. */
export async function listTopics(port: number): Promise<string[]> {
  const { topics } = await callOnce<MetadataResponse>(port, apiKey.Metadata, 12, { topics: null });
  return topics.map(({ name }) => name ?? '');
}
