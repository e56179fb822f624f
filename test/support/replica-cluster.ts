import assert from 'node:assert/strict';
import type { PartitionState } from '../../engine/metadata/columns/partition-writer.ts';
import type { ClusterView } from '../../engine/metadata/delta.ts';
import { RpcClient } from '../../engine/node/rpc/rpc-client.ts';
import { encodeFetchRequest } from '../../engine/protocol/generated/fetch-request.js';
import { decodeFetchResponse, type PartitionData } from '../../engine/protocol/generated/fetch-response.js';
import { encodeProduceRequest } from '../../engine/protocol/generated/produce-request.js';
import { decodeProduceResponse } from '../../engine/protocol/generated/produce-response.js';
import { Reader } from '../../engine/protocol/reader.ts';
import { Writer } from '../../engine/protocol/writer.ts';
import { FakeNetwork } from './fake-network.ts';
import { MemoryLogger } from './memory-logger.ts';
import { ReplicaController } from './replica-controller.ts';
import { ReplicaNode } from './replica-node.ts';
import { ScopedDisk } from './scoped-disk.ts';
import { SeededRandom } from './seeded-random.ts';
import { SimulatedDisk } from './simulated-disk.ts';
import { SteppedClock } from './stepped-clock.ts';

export interface ReplicaClusterOptions {
  readonly seed?: number;
  readonly nodes?: number;
  readonly shards?: number;
  readonly partitions?: number;
  readonly topicConfigs?: ReadonlyMap<string, string>;
  readonly properties?: ReadonlyMap<string, string>;
  /** Dynamic, of all brokers. */
  readonly brokerConfigs?: ReadonlyMap<string, string>;
  /** Log directories of each node. */
  readonly directories?: number;
}

export interface Produced {
  readonly errorCode: number;
  readonly baseOffset: number;
}

export const clusterTopic = 'orders';
const produceVersion = 9;
const fetchVersion = 12;

/** Several nodes in one thread over a network, disks and a clock of our own; metadata are decided by a model. */
export class ReplicaCluster {
  readonly clock = new SteppedClock();
  readonly logger = new MemoryLogger();
  readonly controller = new ReplicaController();
  readonly random: SeededRandom;
  readonly network: FakeNetwork;
  readonly nodes = new Map<number, ReplicaNode>();
  readonly disks = new Map<number, SimulatedDisk>();
  readonly failures: unknown[] = [];
  readonly #options: Required<ReplicaClusterOptions>;
  readonly #clients = new Map<number, RpcClient>();
  #deferred: (() => void)[] = [];

  private constructor(options: ReplicaClusterOptions) {
    const none: ReadonlyMap<string, string> = new Map();
    const plain = { topicConfigs: none, properties: none, brokerConfigs: none };
    this.#options = { seed: 1, nodes: 3, shards: 2, partitions: 2, directories: 1, ...plain, ...options };
    this.random = new SeededRandom(this.#options.seed);
    this.network = new FakeNetwork(this.clock, () => this.random.below(3) * 0.5);
  }

  static async start(options: ReplicaClusterOptions = {}): Promise<ReplicaCluster> {
    const cluster = new ReplicaCluster(options);
    const { nodes, partitions } = cluster.#options;
    const ids = Array.from({ length: nodes }, (_, index) => index + 1);
    for (const id of ids) {
      cluster.controller.register(id);
      cluster.controller.brokers.get(id)!.fenced = false;
      cluster.disks.set(id, new SimulatedDisk({ root: `/node-${id}`, directories: cluster.directoryNames }));
    }
    const states = Array.from({ length: partitions }, (_, index): PartitionState => {
      const replicas = ids.map((_id, at) => ids[(index + at) % nodes]!);
      return {
        leader: replicas[0]!,
        leaderEpoch: 0,
        partitionEpoch: 0,
        leaderRecoveryState: 0,
        replicas,
        isr: replicas,
        elr: [],
        lastKnownElr: [],
        removingReplicas: [],
        addingReplicas: [],
        directories: replicas.map(() => 'AAAAAAAAAAAAAAAAAAAAAg'),
      };
    });
    cluster.controller.topics.push({ name: clusterTopic, id: 'AAAAAAAAAAAAAAAAAAAAAQ', partitions: states });
    for (const id of ids) await cluster.startNode(id);
    await cluster.settle();
    return cluster;
  }

  /** Of a node's log directories below its disk; none where the disk is the only one. */
  get directoryNames(): string[] {
    const { directories } = this.#options;
    return directories === 1 ? [] : Array.from({ length: directories }, (_, index) => `d${index}`);
  }

  async startNode(id: number): Promise<ReplicaNode> {
    const { shards, topicConfigs, properties, brokerConfigs } = this.#options;
    const disk = this.disks.get(id)!;
    const scoped = this.directoryNames.map((name) => new ScopedDisk(disk, name));
    const node = await ReplicaNode.start({
      id,
      shards,
      topicConfigs,
      properties,
      clock: this.clock,
      network: this.network,
      logger: this.logger,
      disks: scoped.length === 0 ? [disk] : scoped,
      brokerConfigs,
      topics: this.controller.topics,
      cluster: this.view(),
      defer: (run) => this.#deferred.push(run),
      failed: (error) => this.failures.push(error),
      askController: (body, answered) => {
        this.clock.schedule(1 + this.random.below(3), () => {
          const answer = this.controller.alterPartition(body);
          // An answer may be lost, and the change be made all the same.
          this.clock.schedule(1, () => answered(this.random.below(10) === 0 ? null : answer));
          this.publish();
        });
      },
    });
    this.nodes.set(id, node);
    return node;
  }

  view(): ClusterView {
    const brokers = [...this.controller.brokers].map(([id, { epoch, fenced }]) => ({
      id,
      epoch,
      fenced,
      rack: `rack-${id}`,
      inControlledShutdown: false,
      logDirs: [],
      endpoints: [{ listener: 'PLAINTEXT', host: String(id), port: 9092, securityProtocol: 0 }],
    }));
    return { clusterId: 'test', brokers, features: [], featuresEpoch: this.controller.offset };
  }

  /** Each node hears of it when it does. */
  publish(): void {
    for (const node of this.nodes.values()) {
      this.clock.schedule(this.random.below(8), () => {
        if (this.nodes.get(node.id) === node) node.publish(this.controller.topics, this.view());
      });
    }
  }

  /** SIGKILL; the controller finds out later. */
  kill(id: number): void {
    const node = this.nodes.get(id);
    assert.notEqual(node, undefined);
    this.nodes.delete(id);
    node!.kill();
    this.disks.set(id, this.disks.get(id)!.copy());
  }

  fence(id: number): void {
    this.controller.fence(id);
    this.publish();
  }

  async restart(id: number): Promise<void> {
    this.controller.register(id);
    await this.startNode(id);
    this.controller.unfence(id);
    this.publish();
  }

  /** Takes what was deferred, and lets wake-ups come in between, until nothing is left to do at this moment. */
  async settle(): Promise<void> {
    for (let idle = 0; idle < 2; idle++) {
      for (;;) {
        const runs = this.#deferred;
        if (runs.length === 0) break;
        this.#deferred = [];
        for (const run of runs) run();
        idle = 0;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(this.failures, []);
  }

  /** Lets time pass, in small steps. */
  async run(ms: number, stepMs = 1): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      this.clock.advance(stepMs);
      await this.settle();
      if (Math.floor(this.clock.monotonicMs()) % 250 === 0) for (const node of this.nodes.values()) node.tick();
    }
  }

  /** Runs until it is so; fails after `limitMs` of the cluster's time. */
  async until(check: () => boolean, what: string, limitMs = 20_000): Promise<void> {
    const endMs = this.clock.monotonicMs() + limitMs;
    while (!check()) {
      assert.ok(this.clock.monotonicMs() < endMs, `in vain: ${what}`);
      await this.run(1);
    }
  }

  client(id: number): RpcClient {
    let client = this.#clients.get(id);
    if (client === undefined) {
      client = new RpcClient({
        connect: (events, connected) => this.network.connect('client', String(id), events, connected),
        clock: this.clock,
        clientId: 'test',
        maxResponseBytes: 64 << 20,
      });
      this.#clients.set(id, client);
    }
    return client;
  }

  /** Null: unanswered. */
  produce(
    to: number,
    partition: number,
    records: Uint8Array,
    answered: (produced: Produced | null) => void,
    choices: { readonly acks?: number; readonly timeoutMs?: number } = {},
  ): void {
    const { acks = -1, timeoutMs = 5000 } = choices;
    const writer = new Writer();
    const topicData = [{ name: clusterTopic, partitionData: [{ index: partition, records }] }];
    encodeProduceRequest(writer, { acks, timeoutMs, topicData }, produceVersion);
    this.client(to).send(0, produceVersion, writer.toBytes(), timeoutMs + 5000, (answer) => {
      if (answer === null) {
        answered(null);
        return;
      }
      const response = decodeProduceResponse(new Reader(answer), produceVersion);
      const result = response.responses[0]!.partitionResponses[0]!;
      answered({ errorCode: result.errorCode, baseOffset: Number(result.baseOffset) });
    });
  }

  /** The same, waited for. */
  async produceAndWait(
    to: number,
    partition: number,
    records: Uint8Array,
    choices: { readonly acks?: number; readonly timeoutMs?: number } = {},
  ): Promise<Produced | null> {
    let outcome: Produced | null | undefined;
    this.produce(to, partition, records, (produced) => void (outcome = produced), choices);
    await this.until(() => outcome !== undefined, 'a produce is answered');
    return outcome as Produced | null;
  }

  /** Has a node move a log to another of its directories; the error code that it is answered. */
  async moveLog(id: number, topic: string, partition: number, directory: number): Promise<number> {
    let code: number | undefined;
    this.nodes
      .get(id)!
      .move(topic, partition, directory)
      .then(
        (answer) => {
          code = answer;
        },
        (error: unknown) => this.failures.push(error),
      );
    await this.until(() => code !== undefined, 'a move is answered');
    return code!;
  }

  /** A consumer's fetch of one partition, in a version that knows of followers. */
  async fetchAndWait(from: number, partition: number, offset: number, rackId: string): Promise<PartitionData> {
    const writer = new Writer();
    const topics = [
      { topic: clusterTopic, partitions: [{ partition, fetchOffset: BigInt(offset), partitionMaxBytes: 1 << 20 }] },
    ];
    encodeFetchRequest(writer, { maxWaitMs: 100, minBytes: 1, maxBytes: 1 << 20, topics, rackId }, fetchVersion);
    let data: PartitionData | undefined;
    this.client(from).send(1, fetchVersion, writer.toBytes(), 5000, (answer) => {
      if (answer !== null) data = decodeFetchResponse(new Reader(answer), fetchVersion).responses[0]!.partitions[0];
    });
    await this.until(() => data !== undefined, 'a fetch is answered');
    return data!;
  }

  state(partition: number): PartitionState {
    return this.controller.topics[0]!.partitions[partition]!;
  }
}
