/**
 * Stories told to a controller by brokers that exist only as registrations: the same requests to Millrace and to Apache
 * Kafka, and what both answered and wrote, in a form that can be compared.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { zeroUuid } from '../../engine/base/brands.ts';
import { assignedTopic, supportedFeatures } from './controller-fixture.ts';
import { type ReadRecord, readMetadataRecords } from './metadata-records.ts';
import { WireClient } from './wire-client.ts';

/** Beyond the end of any metadata log of a test: such a broker has read everything. */
export const caughtUp = 1_000_000_000n;

export interface Registration {
  /** Which process of the broker this is. */
  readonly incarnation?: number;
  /** `last`: the broker was stopped in order. */
  readonly previous?: 'last' | 'none' | 'wrong';
  readonly directories?: readonly string[];
  readonly rack?: string | null;
  readonly features?: readonly object[];
  readonly clusterId?: string;
  readonly version?: number;
}

export interface Beat {
  readonly offset?: bigint;
  readonly wantFence?: boolean;
  readonly wantShutDown?: boolean;
  readonly offline?: readonly string[];
  readonly cordoned?: readonly string[] | null;
  /** The registration before this one. */
  readonly stale?: boolean;
}

export interface WantedIsr {
  readonly topic: string;
  readonly partition?: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly number[];
  readonly recovering?: boolean;
  /** Brokers that the leader knows by an older registration. */
  readonly stale?: readonly number[];
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A uuid that looks like no reserved one. */
export function uuidOf(kind: string, id: number, number = 0): string {
  return `${kind}${letters[id % 52]}${letters[number]}`.padEnd(21, 'x').concat('A');
}

export class ControllerStory {
  /** What was asked and answered, epochs and ids replaced by what they stand for. */
  readonly told: unknown[] = [];
  readonly epochs = new Map<number, bigint[]>();
  readonly #client: WireClient;
  readonly #logDirectory: string;
  readonly #topicIds = new Map<string, string>();
  #clusterId = '';
  #start = 0;

  private constructor(client: WireClient, logDirectory: string) {
    this.#client = client;
    this.#logDirectory = logDirectory;
  }

  static async begin(controllerPort: number, logDirectory: string): Promise<ControllerStory> {
    const story = new ControllerStory(await WireClient.connect(controllerPort), logDirectory);
    const cluster = await story.#client.call(60, 1, { includeClusterAuthorizedOperations: false, endpointType: 2 });
    story.#clusterId = (cluster as { clusterId: string }).clusterId;
    story.#start = (await readMetadataRecords(logDirectory)).at(-1)?.offset ?? -1;
    return story;
  }

  close(): void {
    this.#client.close();
  }

  async register(id: number, options: Registration = {}): Promise<number> {
    const { incarnation = 0, previous = 'none', rack = null } = options;
    const last = this.epochs.get(id)?.at(-1) ?? -1n;
    const answer = await this.send(62, options.version ?? 4, {
      brokerId: id,
      clusterId: options.clusterId ?? this.#clusterId,
      incarnationId: uuidOf('incarnation', id, incarnation),
      listeners: [{ name: 'PLAINTEXT', host: '127.0.0.1', port: 9000 + id, securityProtocol: 0 }],
      features: options.features ?? supportedFeatures,
      rack,
      isMigratingZkBroker: false,
      logDirs: options.directories ?? [uuidOf('directory', id)],
      previousBrokerEpoch: previous === 'last' ? last : previous === 'wrong' ? 1n : -1n,
    });
    const { errorCode, brokerEpoch } = answer as { errorCode: number; brokerEpoch: bigint };
    if (errorCode === 0) this.epochs.set(id, [...(this.epochs.get(id) ?? []), brokerEpoch]);
    this.tell(`register ${id}`, { errorCode, isSame: errorCode === 0 && brokerEpoch === last });
    return errorCode;
  }

  async heartbeat(id: number, beat: Beat = {}): Promise<object> {
    const answer = await this.send(63, 2, {
      brokerId: id,
      brokerEpoch: this.epoch(id, beat.stale),
      currentMetadataOffset: beat.offset ?? caughtUp,
      wantFence: beat.wantFence ?? false,
      wantShutDown: beat.wantShutDown ?? false,
      offlineLogDirs: beat.offline ?? [],
      cordonedLogDirs: beat.cordoned === undefined ? [] : beat.cordoned,
    });
    this.tell(`heartbeat ${id}`, answer);
    return answer;
  }

  async start(...ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      await this.register(id);
      await this.heartbeat(id);
    }
  }

  async createTopic(
    name: string,
    assignments: readonly (readonly number[])[],
    configs: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const topic = assignedTopic(name, assignments, configs);
    const answer = await this.send(19, 7, { topics: [topic], timeoutMs: 10_000, validateOnly: false });
    const [made] = (answer as { topics: { topicId: string; errorCode: number; errorMessage: string | null }[] }).topics;
    if (made?.errorCode === 0) this.#topicIds.set(name, made.topicId);
    this.tell(`create ${name}`, { errorCode: made?.errorCode, errorMessage: made?.errorMessage });
  }

  /** By number: where replicas come to lie is each controller's own choice, so only refusals can be told. */
  async create(name: string, numPartitions: number, replicationFactor: number): Promise<void> {
    const topic = { name, numPartitions, replicationFactor, assignments: [], configs: [] };
    const answer = await this.send(19, 7, { topics: [topic], timeoutMs: 10_000, validateOnly: false });
    const [made] = (answer as { topics: { errorCode: number; errorMessage: string | null }[] }).topics;
    this.tell(`create ${name}`, { errorCode: made?.errorCode, errorMessage: made?.errorMessage });
  }

  async grow(name: string, count: number, replicas: readonly (readonly number[])[] | null): Promise<void> {
    const assignments = replicas === null ? null : replicas.map((brokerIds) => ({ brokerIds }));
    const request = { topics: [{ name, count, assignments }], timeoutMs: 10_000, validateOnly: false };
    const answer = await this.send(37, 3, request);
    this.tell(`grow ${name} to ${count}`, answer);
  }

  async alterPartition(leader: number, wanted: readonly WantedIsr[], version = 3): Promise<void> {
    const topics = wanted.map((one) => ({
      topicId: this.topicId(one.topic),
      partitions: [
        {
          partitionIndex: one.partition ?? 0,
          leaderEpoch: one.leaderEpoch,
          ...(version < 3 ? { newIsr: one.isr } : { newIsrWithEpochs: this.#withEpochs(one) }),
          leaderRecoveryState: one.recovering === true ? 1 : 0,
          partitionEpoch: one.partitionEpoch,
        },
      ],
    }));
    const answer = await this.send(56, version, { brokerId: leader, brokerEpoch: this.epoch(leader), topics });
    this.tell(`alter ${leader}`, answer);
  }

  #withEpochs({ isr, stale }: WantedIsr): object[] {
    return isr.map((brokerId) => ({ brokerId, brokerEpoch: this.epoch(brokerId, stale?.includes(brokerId)) }));
  }

  /** Messages of codes without a text of their own are each release's. */
  async elect(electionType: number, topic: string | null, partitions: readonly number[]): Promise<void> {
    const topicPartitions = topic === null ? null : [{ topic, partitions }];
    const answer = await this.send(43, 2, { electionType, topicPartitions, timeoutMs: 10_000 });
    const { errorCode, replicaElectionResults } = answer as {
      errorCode: number;
      replicaElectionResults: { topic: string; partitionResult: { partitionId: number; errorCode: number }[] }[];
    };
    const results = replicaElectionResults.map((result) => [
      result.topic,
      result.partitionResult.map(({ partitionId, errorCode: code }) => [partitionId, code]),
    ]);
    this.tell(`elect ${electionType} ${topic} ${partitions}`, [errorCode, results.sort()]);
  }

  async reassign(
    name: string,
    partitionIndex: number,
    replicas: readonly number[] | null,
    allowReplicationFactorChange = true,
  ): Promise<void> {
    const topics = [{ name, partitions: [{ partitionIndex, replicas }] }];
    const answer = await this.send(45, 1, { timeoutMs: 10_000, allowReplicationFactorChange, topics });
    this.tell(`reassign ${name}-${partitionIndex} ${replicas}`, answer);
  }

  async listReassignments(wanted: Readonly<Record<string, readonly number[]>> | null): Promise<void> {
    const topics =
      wanted === null ? null : Object.entries(wanted).map(([name, partitionIndexes]) => ({ name, partitionIndexes }));
    this.tell('reassignments', await this.send(46, 0, { timeoutMs: 10_000, topics }));
  }

  async assign(id: number, directory: string, replicas: Readonly<Record<string, readonly number[]>>): Promise<void> {
    const topics = Object.entries(replicas).map(([name, indexes]) => ({
      topicId: this.topicId(name),
      partitions: indexes.map((partitionIndex) => ({ partitionIndex })),
    }));
    const directories = [{ id: directory, topics }];
    const answer = await this.send(73, 0, { brokerId: id, brokerEpoch: this.epoch(id), directories });
    this.tell(`assign ${id}`, answer);
  }

  async ask(title: string, key: number, version: number, message: object): Promise<object> {
    const answer = await this.send(key, version, message);
    this.tell(title, answer);
    return answer;
  }

  /** The records of the story, without those that tell of the controller's own node or of nothing. */
  async records(): Promise<unknown[]> {
    // What is answered is committed, and so written; a moment for a broker that syncs behind its answer.
    await delay(50);
    const all = await readMetadataRecords(this.#logDirectory);
    const ofStory = all.filter((record) => record.offset > this.#start && isOfStory(record));
    return inOrder(ofStory.map((record) => this.#plain(record) as PlainRecord));
  }

  /**
   * Takes away the brokers and topics of the story. Brokers first: Apache Kafka's controller stumbles over topics that
   * are gone, where their eligible leaders had been cleared.
   */
  async forget(): Promise<void> {
    for (const id of this.epochs.keys()) await this.send(64, 0, { brokerId: id });
    const topics = [...this.#topicIds.keys()].map((name) => ({ name, topicId: zeroUuid }));
    await this.send(20, 6, { topics, topicNames: [], timeoutMs: 10_000 });
  }

  epoch(id: number, stale = false): bigint {
    return this.epochs.get(id)?.at(stale ? -2 : -1) ?? -1n;
  }

  topicId(name: string): string {
    return this.#topicIds.get(name) ?? uuidOf('nosuchtopic', 0);
  }

  send(key: number, version: number, message: object): Promise<object> {
    return this.#client.call(key, version, message);
  }

  tell(title: string, answer: unknown): void {
    this.told.push([title, this.#plain(answer)]);
  }

  #plain(value: unknown): unknown {
    if (typeof value === 'bigint') return this.#epochName(value);
    if (typeof value === 'string') return this.#topicName(value);
    if (Array.isArray(value)) return value.map((item) => this.#plain(item));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(
      ([key]) => key !== 'offset' && key !== 'throttleTimeMs' && key !== 'unknownTaggedFields',
    );
    return Object.fromEntries(entries.map(([key, item]) => [key, this.#plain(item)]));
  }

  #topicName(id: string): string {
    for (const [name, topicId] of this.#topicIds) if (topicId === id) return `id of ${name}`;
    return id;
  }

  #epochName(epoch: bigint): string {
    for (const [id, epochs] of this.epochs) {
      const index = epochs.indexOf(epoch);
      if (index !== -1) return `epoch ${index} of ${id}`;
    }
    return String(epoch);
  }
}

const noOpRecord = 20;
const partitionChangeRecord = 5;

interface PlainRecord {
  readonly apiKey: number;
  readonly message: { readonly topicId?: string; readonly partitionId?: number };
}

/** A decision on many topics takes these in any order. */
function inOrder(records: readonly PlainRecord[]): PlainRecord[] {
  const ordered: PlainRecord[] = [];
  for (let i = 0; i < records.length; ) {
    let end = i + 1;
    while (records[i]?.apiKey === partitionChangeRecord && records[end]?.apiKey === partitionChangeRecord) end++;
    ordered.push(...records.slice(i, end).sort((a, b) => keyOf(a).localeCompare(keyOf(b))));
    i = end;
  }
  return ordered;
}

function keyOf({ message }: PlainRecord): string {
  return `${message.topicId}-${message.partitionId}`;
}

function isOfStory({ apiKey, message }: ReadRecord): boolean {
  if (apiKey === noOpRecord) return false;
  return message.brokerId !== 1 && message.controllerId !== 1;
}

export interface Told {
  readonly told: readonly unknown[];
  readonly records: readonly unknown[];
}

/** Tells a story and takes its brokers away again, so that the next one finds none. */
export async function tellStory(
  story: (teller: ControllerStory) => Promise<void>,
  controllerPort: number,
  logDirectory: string,
): Promise<Told> {
  const teller = await ControllerStory.begin(controllerPort, logDirectory);
  try {
    await story(teller);
    return { told: [...teller.told], records: await teller.records() };
  } finally {
    await teller.forget();
    teller.close();
  }
}
