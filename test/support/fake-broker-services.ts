/** A shard's handlers without a shard: real shared tables and configuration, and the rest as the test wants it. */

import { randomBytes } from 'node:crypto';
import { apiRow } from '#engine/protocol/api-table.ts';
import { Reader } from '#engine/protocol/reader.ts';
import { Writer } from '#engine/protocol/writer.ts';
import type { ThreadIndex } from '../../engine/base/brands.ts';
import type { ApiHandler } from '../../engine/broker/dispatch.ts';
import { FetchSessionCache } from '../../engine/broker/fetch-sessions.ts';
import type { GroupAnswer, GroupQuestion } from '../../engine/broker/group-questions.ts';
import { handlerTable } from '../../engine/broker/handlers/table.ts';
import type { PartitionQuestion } from '../../engine/broker/partition-questions.ts';
import type { FetchCall, ProduceCall } from '../../engine/broker/ports.ts';
import { ProducerIds } from '../../engine/broker/producer-ids.ts';
import { type ExchangePort, type Peer, Request } from '../../engine/broker/request.ts';
import type { BrokerServices, InternalTopic, LogDirectoryView } from '../../engine/broker/services.ts';
import { MetadataNeeds } from '../../engine/metadata/columns/metadata-needs.ts';
import type { PartitionState } from '../../engine/metadata/columns/partition-writer.ts';
import { SharedMetadata, SharedMetadataWriter } from '../../engine/metadata/columns/shared-metadata.ts';
import { parseBrokerConfig } from '../../engine/metadata/config/broker-config.ts';
import { noDynamicConfigs, resolveBroker } from '../../engine/metadata/config/resolve.ts';
import type { BrokerView, ClusterView } from '../../engine/metadata/delta.ts';
import { MemoryLogger } from './memory-logger.ts';
import { partitionState } from './partition-state.ts';
import { SeededRandom } from './seeded-random.ts';
import { SteppedClock } from './stepped-clock.ts';

export interface FakeBrokerOptions {
  readonly shards?: number;
  readonly properties?: Readonly<Record<string, string>>;
  readonly brokers?: readonly BrokerView[];
  /** Answers of the partitions' owners; by default one of success an item. */
  readonly answer?: (owner: ThreadIndex, question: PartitionQuestion) => unknown;
  /** Answers of those who keep groups; 'wait' for none until the test gives it. */
  readonly groups?: (owner: ThreadIndex, question: GroupQuestion) => GroupAnswer | 'wait' | undefined;
}

export interface FakeTopic {
  readonly partitions?: number;
  readonly overrides?: Readonly<Record<string, string>>;
  readonly isInternal?: boolean;
  readonly state?: Partial<PartitionState>;
}

export function brokerView(id: number, overrides: Partial<BrokerView> = {}): BrokerView {
  const endpoint = { listener: 'PLAINTEXT', host: `host${id}`, port: 9000 + id, securityProtocol: 0 };
  return {
    id,
    epoch: 10 + id,
    rack: null,
    fenced: false,
    inControlledShutdown: false,
    logDirs: [],
    endpoints: [endpoint],
    ...overrides,
  };
}

/** What a request came to: its reply's frame (size and header included), or why its connection was given up. */
export class FakeExchange implements ExchangePort {
  readonly bytes: Uint8Array;
  readonly chunk = -1;
  readonly start: number;
  readonly end: number;
  readonly receivedAtMs = 0;
  isOfReplica = false;
  overlapsKey = -1;
  isReleased = false;
  reply: Uint8Array | undefined;
  abortReason: string | undefined;
  readonly finished: Promise<void>;
  private finish!: () => void;

  constructor(frame: Uint8Array) {
    this.bytes = frame;
    this.start = 0;
    this.end = frame.length;
    this.finished = new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  answer(parts: readonly Uint8Array[], sent?: (failed: boolean) => void): void {
    this.reply = Buffer.concat(parts);
    sent?.(false);
    this.finish();
  }

  abort(reason: string): void {
    this.abortReason = reason;
    this.finish();
  }

  releaseRequest(): void {
    this.isReleased = true;
  }
}

export class Aborted extends Error {
  override readonly name = 'Aborted';
}

export class FakeBroker {
  readonly clock = new SteppedClock();
  readonly logger = new MemoryLogger();
  readonly questions: { owner: ThreadIndex; question: PartitionQuestion }[] = [];
  readonly produceCalls: ProduceCall[] = [];
  readonly fetchCalls: FetchCall[] = [];
  readonly created: string[] = [];
  readonly internalTopics: InternalTopic[] = [];
  /** Calls of groups that wait, oldest first. */
  readonly waitingCalls: { readonly question: GroupQuestion; answer(answer: GroupAnswer | undefined): void }[] = [];
  cancelledCalls = 0;
  readonly forwarded: Request[] = [];
  /** What the controller answers to a request's body. */
  onForward: (body: Uint8Array) => Uint8Array | null = () => new Uint8Array(0);
  readonly metadata: SharedMetadata;
  readonly services: BrokerServices;
  readonly rows: readonly ApiHandler[];
  readonly table: ReturnType<typeof handlerTable>;
  readonly peer: Peer = {
    listenerName: 'PLAINTEXT',
    host: '127.0.0.1',
    principal: 'User:ANONYMOUS',
    clientSoftwareName: 'unknown',
    clientSoftwareVersion: 'unknown',
    onClose: undefined,
  };
  directories: readonly LogDirectoryView[] = [{ path: '/data', isOnline: true, totalBytes: 1000, usableBytes: 400 }];
  /** Partitions whose replica here lies in a directory that is offline. */
  readonly offlineRows = new Set<number>();
  cluster: ClusterView;
  resourceConfigs = new Map<number, Map<string, Map<string, string>>>();
  nextProducerId = 0n;
  /** What a missing topic's creation comes to. */
  onCreate: (names: readonly string[]) => ReadonlyMap<string, number> = () => new Map();
  /** What the creation of an internal topic comes to. */
  onCreateInternal: (topic: InternalTopic) => number = () => 0;
  /** Set to hold fetches and produces back until a test finishes them. */
  holdsCalls = false;
  private readonly writer = new SharedMetadataWriter({ rowsPerSegment: 64, bytesSegmentBytes: 4096, topicBuckets: 16 });
  private readonly overrides = new Map<string, ReadonlyMap<string, string>>();
  private readonly options: FakeBrokerOptions;

  constructor(options: FakeBrokerOptions = {}) {
    this.options = options;
    this.metadata = new SharedMetadata(this.writer.describe());
    this.cluster = {
      clusterId: 'cluster-cluster-cluster',
      brokers: options.brokers ?? [brokerView(1)],
      features: [{ name: 'metadata.version', level: 30 }],
      featuresEpoch: 7,
    };
    this.services = this.createServices();
    this.table = handlerTable(this.services);
    this.rows = this.table.rows;
  }

  /** Adds a topic, led by this node unless `state` says otherwise; answers its id. */
  addTopic(name: string, topic: FakeTopic = {}): string {
    const id = randomBytes(16).toString('base64url');
    const states = Array.from({ length: topic.partitions ?? 1 }, () => ({ ...ledHere, ...topic.state }));
    const made = { id, name, isInternal: topic.isInternal ?? false, config: new Uint8Array(0) };
    const needs = new MetadataNeeds();
    needs.addTopic(made, states);
    for (const segment of this.writer.reserve(needs)) this.metadata.addSegment(segment);
    this.writer.createTopic(made, states);
    this.overrides.set(name, new Map(Object.entries(topic.overrides ?? {})));
    return id;
  }

  /** The row of a partition that was added. */
  rowOf(topic: string, partition: number): number {
    const { topics } = this.metadata;
    return topics.partitionRow(topics.findByNameString(topic), partition);
  }

  /** Sends a request through the API's row and decodes its answer. Throws Aborted where the connection was given up. */
  async call(key: number, version: number, message: object): Promise<object> {
    const exchange = await this.send(key, version, message);
    await exchange.finished;
    return this.decode(key, version, exchange);
  }

  async decode(key: number, version: number, exchange: FakeExchange): Promise<object> {
    if (exchange.abortReason !== undefined) throw new Aborted(exchange.abortReason);
    const api = apiRow(key)!;
    const reader = new Reader(exchange.reply!.subarray(8));
    if (api.responseHeaderVersion(version) === 1) reader.skipTags();
    return (await api.loadResponse()).decode(reader, version);
  }

  /** Starts a request; the exchange tells when it is finished. */
  async send(key: number, version: number, message: object): Promise<FakeExchange> {
    const api = apiRow(key)!;
    const writer = new Writer();
    (await api.loadRequest()).encode(writer, message, version);
    return this.sendRaw(key, version, writer.toBytes());
  }

  async sendRaw(key: number, version: number, body: Uint8Array): Promise<FakeExchange> {
    const handler = this.rows.find(({ api }) => api.key === key);
    if (handler === undefined) throw new Error(`there is no handler of api ${key}`);
    const exchange = new FakeExchange(body);
    const request = new Request(exchange, this.peer, handler.api, version, 99, 'fake', 0);
    for (;;) {
      let resumed: () => void = () => {};
      const whenResumed = new Promise<void>((resolve) => {
        resumed = resolve;
      });
      if (handler.start(request, resumed)) return exchange;
      await whenResumed;
    }
  }

  private askGroups(
    owner: ThreadIndex,
    question: GroupQuestion,
    answered: (answer: GroupAnswer | undefined) => void,
  ): { cancel(): void } {
    const answer = this.options.groups?.(owner, question);
    if (answer === 'wait') this.waitingCalls.push({ question, answer: answered });
    else answered(answer);
    return {
      cancel: () => {
        this.cancelledCalls += 1;
      },
    };
  }

  private createServices(): BrokerServices {
    const { clock, logger, metadata, options } = this;
    const shards = options.shards ?? 2;
    const properties = new Map(Object.entries({ ...plainProperties, ...options.properties }));
    const config = resolveBroker(parseBrokerConfig(properties), noDynamicConfigs);
    return {
      nodeId: 1,
      shard: 0,
      shards,
      clock,
      random: new SeededRandom(2),
      logger,
      topics: metadata.topics,
      partitions: metadata.partitions,
      runtime: metadata.runtime,
      produce: {
        start: (call) => {
          this.produceCalls.push(call);
          if (!this.holdsCalls) for (let i = 0; i < call.count; i++) call.appended(i, 0, 100 + i, -1, undefined);
          return true;
        },
      },
      fetch: {
        start: (call) => {
          this.fetchCalls.push(call);
          if (!this.holdsCalls) call.done();
          return { cancel: () => call.done() };
        },
      },
      fetchSessions: new FetchSessionCache({ slots: 10, evictionMs: 120_000 }, new SeededRandom(1), 0, shards),
      metrics: {
        add: () => {},
        countProduce: () => {},
        countFetch: () => {},
        countError: () => {},
        countErrorsIn: () => {},
      },
      cluster: () => this.cluster,
      config: () => config,
      topicOverrides: (row) => this.overrides.get(metadata.topics.nameOf(row)) ?? new Map(),
      forward: (request, answered, body) => {
        this.forwarded.push(request);
        const { exchange, bodyStart } = request;
        answered(this.onForward(body ?? exchange.bytes.subarray(bodyStart, exchange.end)));
      },
      createTopics: (names, _request, created) => {
        this.created.push(...names);
        created(this.onCreate(names));
      },
      createInternalTopic: (topic, _request, created) => {
        this.internalTopics.push(topic);
        created(this.onCreateInternal(topic));
      },
      askGroups: (owner, question, answered) => this.askGroups(owner, question, answered),
      logDirectories: (answered) => answered(this.directories),
      isOffline: (row) => this.offlineRows.has(row),
      resourceConfigs: (type) => this.resourceConfigs.get(type) ?? new Map(),
      producerIds: new ProducerIds((answered) => {
        answered({ errorCode: 0, firstId: this.nextProducerId, count: 1000 });
        this.nextProducerId += 1000n;
      }, clock),
      fail: (request, error) => {
        logger.error({ err: error }, 'a request failed');
        request.exchange.abort(String(error));
      },
      askPartition: (owner, question, answered) => {
        this.questions.push({ owner, question });
        answered((options.answer ?? succeed)(owner, question));
      },
    };
  }
}

const ledHere = partitionState();

const plainProperties = {
  'process.roles': 'broker,controller',
  'node.id': '1',
  listeners: 'PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
  'controller.listener.names': 'CONTROLLER',
  'controller.quorum.bootstrap.servers': '127.0.0.1:9093',
};

function succeed(_owner: ThreadIndex, question: PartitionQuestion): unknown {
  switch (question.kind) {
    case 'listOffsets':
      return question.items.map(({ row }) => ({ errorCode: 0, offset: 1000 + row, timestampMs: -1, leaderEpoch: 3 }));
    case 'epochEnds':
      return question.items.map(({ leaderEpoch }) => ({ errorCode: 0, leaderEpoch, endOffset: 50 }));
    case 'deleteRecords':
      return question.items.map(({ offset }) => ({ errorCode: 0, lowWatermark: Math.max(offset, 0) }));
    case 'producers':
      return question.items.map(() => ({ errorCode: 0, producers: [] }));
    case 'logSizes':
      return question.items.map(() => ({ errorCode: 0, sizeBytes: 0, logDirectory: 0 }));
    case 'alterLogDirs':
      return question.items.map(() => ({ errorCode: 0 }));
  }
}
