/**
 * A whole node in one thread and without a socket: two shards on simulated disks, the controller, its publishing into
 * the shared columns, the coordinator's end of the rings, and the controller's listener.
 */
import assert from 'node:assert/strict';
import { rulesOfDefinitions } from '#engine/controller/config-definitions.ts';
import { Controller } from '#engine/controller/controller.ts';
import { CoordinatorThread } from '#engine/coordinator/coordinator-thread.ts';
import { completeBatch } from '#engine/log/validation/complete-batch.ts';
import { parseBrokerConfig } from '#engine/metadata/config/broker-config.ts';
import { brokerKeys, topicKeys } from '#engine/metadata/config/definitions.ts';
import type { PublisherMessage } from '#engine/metadata/delta.ts';
import { MetadataImage } from '#engine/metadata/image/metadata-image.ts';
import { ControllerListener } from '#engine/node/controller-listener/controller-listener.ts';
import { Publisher } from '#engine/node/publisher/publisher.ts';
import type { RaftDriver } from '#engine/node/quorum/raft-driver.ts';
import type { ShardEnvironment } from '#engine/node/shard-start.ts';
import { apiRow } from '#engine/protocol/api-table.ts';
import { Reader } from '#engine/protocol/reader.ts';
import { Writer } from '#engine/protocol/writer.ts';
import { checksum } from '#native/checksum.ts';
import { compression } from '#native/compression.ts';
import { controlCodec } from '#workers/control-codec.ts';
import { createWays } from '../../../engine/node/controller-channel/create-ways.ts';
import { ownController } from '../../../engine/node/controller-channel/own-controller.ts';
import type { ToController } from '../../../engine/node/controller-channel/to-controller.ts';
import { Metrics } from '../../../engine/node/metrics.ts';
import { changeVotersApi, type VoterChangeServices } from '../../../engine/node/raft-network/voter-changes.ts';
import { jobsOver } from '../../support/cleaning-jobs.ts';
import {
  bootstrapLevels,
  directory1,
  serverProperties,
  settings,
  supportedFeatures,
} from '../../support/controller-fixture.ts';
import { MemoryLogger } from '../../support/memory-logger.ts';
import { MemoryMetadataLog } from '../../support/memory-metadata-log.ts';
import { openNode, testVoter, until } from '../../support/metadata-log-fixture.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { FakeClient, ShardGroup } from '../../support/shard-group.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import { SteppedClock } from '../../support/stepped-clock.ts';
import type { Known } from './request-maker.ts';
import { FuzzFailure } from './target.ts';

const shards = 2;
/** What requests may name, make and delete. */
const poolTopics = ['t0', 't1', 'orders', 'compacted', 'late', 'a.b_c-d'];
/** Only the checks after each stretch use it; no request names it. */
export const steadyTopic = 'steady';
/** Topic settings that broker settings may not reach. */
const steadyConfigs = {
  'max.message.bytes': '1048588',
  'min.insync.replicas': '1',
  'message.timestamp.type': 'CreateTime',
  'message.timestamp.before.max.ms': '9223372036854775807',
  'message.timestamp.after.max.ms': '9223372036854775807',
  'compression.type': 'producer',
  'cleanup.policy': 'delete',
  'segment.bytes': '1073741824',
};
/** With these changed nothing could be asked any more. */
const settingsLeftAlone = /^max\.connections|^socket\.|^queued\./;

const origin = { principal: 'User:ANONYMOUS', clientId: 'fuzz', listener: 'PLAINTEXT' };

/** Background jobs in the same thread, so that a seed gives the same order each time. */
const jobsAtOnce = (logger: MemoryLogger, disk: SimulatedDisk): ShardEnvironment['jobs'] => ({
  checkCompressed: (batch, config, nowMs, done) => {
    completeBatch(batch.slice(), config, nowMs, checksum, compression).then(done, (error: unknown) =>
      logger.error({ err: error }, 'a background check of a batch failed'),
    );
  },
  ...jobsOver(disk),
});

/** One is enough for all worlds: it only tells them of the quorum. */
let quorum: Promise<RaftDriver> | undefined;

async function startQuorum(): Promise<RaftDriver> {
  const node = await openNode(new SimulatedDisk(), { staticVoters: [testVoter()] });
  await node.driver.start();
  await until(node, () => node.listener.leads !== null);
  return node.driver;
}

function voterChangesOf(raft: RaftDriver): VoterChangeServices {
  const { clusterId } = settings;
  return { clusterId, listenerName: 'CONTROLLER', raft, kraftVersionsAt: () => Promise.resolve(null) };
}

interface WayEnvironment {
  readonly clock: SteppedClock;
  readonly logger: MemoryLogger;
  readonly voterChanges: VoterChangeServices;
  readonly failed: (error: unknown) => void;
}

function waysTo(controller: Controller, raft: RaftDriver, environment: WayEnvironment): ToController {
  const { clock, logger, voterChanges, failed } = environment;
  const changeVoters = (key: number, version: number, body: Uint8Array) =>
    changeVotersApi(voterChanges, key, version, body);
  return createWays({
    nodeId: settings.nodeId,
    softwareVersion: '0',
    sessionTimeoutMs: 9000,
    clock,
    random: new SeededRandom(4),
    logger,
    own: ownController(controller, raft, logger, changeVoters),
    leaderId: () => settings.nodeId,
    nodeOf: () => undefined,
    connect: () => {
      throw new Error('there is no other controller');
    },
    failed,
  });
}

export class FuzzNode {
  readonly group: ShardGroup;
  readonly logger: MemoryLogger;
  readonly image = new MetadataImage();
  readonly known: Known;
  readonly listener: ControllerListener;
  /** Why a connection was closed last. */
  closedFor = '';
  private readonly log = new MemoryMetadataLog();
  private readonly controllerClock = new SteppedClock();
  private readonly controller: Controller;
  private readonly publisher: Publisher;
  private readonly coordinator: CoordinatorThread;

  private constructor(raft: RaftDriver) {
    this.logger = new MemoryLogger();
    const disk = new SimulatedDisk();
    this.group = new ShardGroup(shards, [], disk, jobsAtOnce(this.logger, disk));
    const { group, image, log, logger, controllerClock: clock } = this;
    const config = parseBrokerConfig(serverProperties);
    const fatal = (error: unknown): void => void group.failures.push(error);
    this.controller = new Controller({
      log,
      image,
      settings,
      configs: rulesOfDefinitions(config),
      bootstrap: bootstrapLevels,
      clock,
      random: new SeededRandom(3),
      logger,
      sessionTimeoutMs: 9000,
      maxIdleIntervalMs: 0,
      committed: (changes) => this.publisher.publish(changes),
    });
    log.follower = this.controller;
    this.publisher = new Publisher({
      image,
      shared: group.metadata,
      nodeId: settings.nodeId,
      clusterId: settings.clusterId,
      shards,
      kraftVersion: () => 1,
      send: (shard, message) => group.defer(() => this.deliver(shard, message)),
      published: (offset) => this.controller.published(offset),
    });
    const memory = group.memory.of(shards);
    const controller = this.controller;
    const voterChanges = voterChangesOf(raft);
    this.coordinator = new CoordinatorThread({
      memory,
      codec: controlCodec(),
      toController: waysTo(controller, raft, { clock, logger, voterChanges, failed: fatal }),
      defer: group.defer,
      fatal,
    });
    this.listener = new ControllerListener({
      services: {
        nodeId: settings.nodeId,
        clusterId: settings.clusterId,
        controller,
        log: raft,
        quorum: { clusterId: settings.clusterId, raft, endpointsOf: () => [], learn: () => {}, voterChanges },
        image,
        config,
        logger,
      },
      clock,
      metrics: new Metrics(Metrics.allocate()),
      defer: group.defer,
      fatal,
    });
    this.known = { topics: [], configNames: namesOfConfigs(), clusterId: settings.clusterId };
  }

  /** As the broker's registration does when it finds that an admin, or a broker in its name, has let it go. */
  async stayRegistered(): Promise<void> {
    if (this.image.committed.brokers.get(settings.nodeId)?.fenced !== false) await this.register();
  }

  private async register(): Promise<void> {
    const registered = await this.decide(62, 4, {
      brokerId: 1,
      clusterId: settings.clusterId,
      incarnationId: 'OLW_-dMFRtW3H0fKVauU7w',
      listeners: [{ name: 'PLAINTEXT', host: '127.0.0.1', port: 9092, securityProtocol: 0 }],
      features: supportedFeatures,
      rack: null,
      isMigratingZkBroker: false,
      logDirs: [directory1],
      previousBrokerEpoch: -1n,
    });
    const heartbeat = {
      brokerId: 1,
      brokerEpoch: (registered as { brokerEpoch: bigint }).brokerEpoch,
      currentMetadataOffset: BigInt(this.log.endOffset()),
      wantFence: false,
      wantShutDown: false,
      offlineLogDirs: [],
      cordonedLogDirs: [],
    };
    await this.decide(63, 2, heartbeat);
  }

  static async create(): Promise<FuzzNode> {
    quorum ??= startQuorum();
    const node = new FuzzNode(await quorum);
    node.log.lead();
    node.publisher.start();
    await node.register();
    const configs = Object.entries(steadyConfigs).map(([name, value]) => ({ name, value }));
    const topic = (name: string) => ({
      name,
      numPartitions: 2,
      replicationFactor: 1,
      assignments: [],
      configs: [] as object[],
    });
    const topics = [...poolTopics.map(topic), { ...topic(steadyTopic), configs }];
    await node.decide(19, 7, { topics, timeoutMs: 1000, validateOnly: false });
    node.refreshKnown();
    return node;
  }

  /** Topics of the pool with the ids that they have now: they are deleted and made again. */
  refreshKnown(): void {
    const { committed } = this.image;
    const topics = poolTopics.map((name) => ({
      name,
      id: committed.topicByName(name)?.id ?? 'AAAAAAAAAAAAAAAAAAAAAA',
    }));
    (this.known as { topics: Known['topics'] }).topics = topics;
  }

  connect(shard: number): FakeClient {
    return this.group.connect(shard);
  }

  connectToController(): FakeClient {
    const client = new FakeClient();
    const events = this.listener.accept(client, 'CONTROLLER');
    if (events === null) throw new FuzzFailure('the controller refuses a connection');
    client.events = events;
    client.land();
    return client;
  }

  /** Takes turns until `isDone`, or until there was nothing to do for so many looks. */
  async settle(isDone: () => boolean, idleLooks = 6): Promise<void> {
    const { group } = this;
    for (let idle = 0; idle < idleLooks && !isDone(); idle++) {
      while (group.turn()) idle = 0;
      if (isDone()) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.checkFailures();
  }

  /** What was logged as failed since the last call, and what no caller caught. */
  checkFailures(): void {
    const { failures } = this.group;
    if (failures.length > 0) throw new FuzzFailure('a turn failed', { cause: failures[0] });
    for (const logger of [this.logger, this.group.logger]) {
      const failed = logger.lines.find(({ level }) => level === 'error');
      const closed = logger.lines.findLast(({ message }) => message === 'a connection was closed');
      if (closed !== undefined) this.closedFor = (closed.fields as { reason: string }).reason;
      logger.lines.length = 0;
      if (failed === undefined) continue;
      const { err, error } = failed.fields as { err?: unknown; error?: unknown };
      throw new FuzzFailure(`logged as an error: ${failed.message}`, { cause: err ?? error });
    }
  }

  /** Lets waits on the doorbells end, which would keep this world's memory. */
  close(): void {
    this.coordinator.close();
    this.listener.close();
    const bells = new Int32Array(this.group.memory.of(0).mesh.doorbells);
    for (let at = 0; at < bells.length; at++) {
      Atomics.store(bells, at, -1);
      Atomics.notify(bells, at);
    }
  }

  private deliver(shard: number, message: PublisherMessage): void {
    const { shards: all } = this.group;
    if (message.kind === 'segments') {
      all[shard]!.addSegments(message.segments);
      this.publisher.acknowledgeSegments(shard, message.number);
    } else {
      all[shard]!.apply(message.delta);
      this.publisher.acknowledge(shard, message.delta.imageOffset);
    }
  }

  private async decide(apiKey: number, version: number, request: object): Promise<object> {
    const row = apiRow(apiKey)!;
    const [requests, responses] = await Promise.all([row.loadRequest(), row.loadResponse()]);
    const writer = new Writer();
    requests.encode(writer, request, version);
    let answer: Uint8Array | null | undefined;
    this.controller.handle(apiKey, version, writer.toBytes(), { ...origin, isOwnBroker: true }, (body) => {
      answer = body;
    });
    await this.settle(() => answer !== undefined, 200);
    assert.ok(answer !== undefined && answer !== null, `no answer to api ${apiKey}`);
    return responses.decode(new Reader(answer), version);
  }
}

function namesOfConfigs(): string[] {
  return [...topicKeys.keys(), ...brokerKeys.keys()].filter((name) => !settingsLeftAlone.test(name));
}
