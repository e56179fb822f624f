/** Controllers and brokers in one thread: controllers behind their listeners, brokers that reach them by connections. */
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { zeroUuid } from '#engine/base/brands.ts';
import type { Transport } from '#engine/base/transport.ts';
import { rulesOfDefinitions } from '#engine/controller/config-definitions.ts';
import { Controller } from '#engine/controller/controller.ts';
import { parseBrokerConfig } from '#engine/metadata/config/broker-config.ts';
import { MetadataImage } from '#engine/metadata/image/metadata-image.ts';
import { noController } from '#engine/node/controller-channel/channel-requests.ts';
import { createWays } from '#engine/node/controller-channel/create-ways.ts';
import { ownController } from '#engine/node/controller-channel/own-controller.ts';
import type { ToController } from '#engine/node/controller-channel/to-controller.ts';
import { ControllerListener } from '#engine/node/controller-listener/controller-listener.ts';
import { Metrics } from '#engine/node/metrics.ts';
import type { QuorumDescription } from '#engine/node/quorum/metadata-log.ts';
import { RpcClient } from '#engine/node/rpc/rpc-client.ts';
import { bootstrapLevels, serverProperties, settings } from './controller-fixture.ts';
import { MemoryLogger } from './memory-logger.ts';
import { MemoryMetadataLog } from './memory-metadata-log.ts';
import { SeededRandom } from './seeded-random.ts';
import { SteppedClock } from './stepped-clock.ts';
import { connectPair } from './transport-pair.ts';

/** One controller of the quorum. Its log is a copy that `ChannelCluster` keeps up. */
export class QuorumMember {
  readonly id: number;
  readonly image = new MetadataImage();
  readonly log = new MemoryMetadataLog();
  readonly controller: Controller;
  readonly listener: ControllerListener;
  readonly connections = new Set<Transport>();
  isReachable = true;
  /** Whether what is committed counts as acted on by all shards at once. */
  publishes = true;

  constructor(id: number, clock: SteppedClock, logger: MemoryLogger, leaderId: () => number) {
    this.id = id;
    const { image, log } = this;
    const config = parseBrokerConfig(new Map([...serverProperties, ['request.timeout.ms', '1000']]));
    this.controller = new Controller({
      log,
      image,
      settings: { ...settings, nodeId: id },
      configs: rulesOfDefinitions(config),
      bootstrap: bootstrapLevels,
      clock,
      random: new SeededRandom(id),
      logger,
      sessionTimeoutMs: 9000,
      maxIdleIntervalMs: 0,
      committed: (changes) => {
        if (this.publishes) this.controller.published(changes.imageOffset);
      },
    });
    log.follower = this.controller;
    const { clusterId } = settings;
    const described = { describeQuorum: () => this.describeQuorum(), leaderId, kraftVersion: 1 };
    const { controller } = this;
    const local = { id, directoryId: zeroUuid };
    const raft = { local, leaderId, epoch: () => 1, receive: () => assert.fail('nobody asks this replica') };
    const quorum = { clusterId, raft, endpointsOf: () => [], learn: () => {}, voterChanges: null };
    this.listener = new ControllerListener({
      services: { nodeId: id, clusterId, controller, log: described, quorum, image, config, logger },
      clock,
      metrics: new Metrics(Metrics.allocate()),
      defer: (run) => queueMicrotask(run),
      fatal: (error) => {
        throw error;
      },
    });
  }

  describeQuorum(): QuorumDescription | null {
    if (!this.log.isLeader()) return null;
    const highWatermark = this.log.highWatermark();
    return { leaderId: this.id, leaderEpoch: 1, highWatermark, voters: [], observers: [], nodes: [] };
  }

  accept(transport: Transport): ReturnType<ControllerListener['accept']> {
    if (!this.isReachable) return null;
    this.connections.add(transport);
    return this.listener.accept(transport, 'CONTROLLER');
  }

  /** Every connection to it breaks, and it takes none. */
  unplug(): void {
    this.isReachable = false;
    for (const transport of this.connections) transport.destroy();
    this.connections.clear();
  }
}

export class ChannelCluster {
  readonly clock = new SteppedClock();
  readonly logger = new MemoryLogger();
  readonly members: readonly QuorumMember[];
  /** As brokers know it; -1 for none. */
  leaderId = -1;
  readonly failures: unknown[] = [];
  private readonly ways: ToController[] = [];

  constructor(controllerIds: readonly number[]) {
    this.members = controllerIds.map((id) => new QuorumMember(id, this.clock, this.logger, () => this.leaderId));
  }

  member(id: number): QuorumMember {
    return this.members.find((each) => each.id === id)!;
  }

  /** Another leads, with what the last one had committed. Brokers hear of it when `isHeard`. */
  elect(id: number, isHeard = true): void {
    const last = this.members.find(({ log }) => log.isLeader());
    last?.log.resign();
    const next = this.member(id);
    for (let offset = next.log.records.length; offset < (last?.log.records.length ?? 0); offset++) {
      const record = last!.log.records[offset]!;
      next.log.records.push(record);
      next.controller.replay(record, offset, 1);
    }
    if (next.log.records.length > 0) next.log.commit();
    next.log.lead();
    if (isHeard) this.tell(id);
  }

  tell(leaderId: number): void {
    this.leaderId = leaderId;
    for (const ways of this.ways) ways.leaderChanged();
  }

  /** A broker's ways, on a node that has the controller of the same id where there is one. */
  broker(id: number): ToController {
    const own = this.members.find((member) => member.id === id);
    const ways = createWays({
      nodeId: id,
      softwareVersion: '0',
      sessionTimeoutMs: 9000,
      clock: this.clock,
      random: new SeededRandom(100 + id),
      logger: this.logger,
      own: own === undefined ? noController : ownController(own.controller, own, this.logger),
      leaderId: () => this.leaderId,
      nodeOf: (controller) => ({ id: controller, host: 'h', port: controller }),
      connect: (node, clientId) =>
        new RpcClient({
          connect: (events, connected) =>
            connectPair((transport) => this.member(node.id).accept(transport), events, connected),
          clock: this.clock,
          clientId,
          maxResponseBytes: 1_000_000,
        }),
      failed: (error) => this.failures.push(error),
    });
    this.ways.push(ways);
    return ways;
  }

  /** Lets things happen, and time pass a little, until something is so. */
  async until(isSo: () => boolean, stepMs = 5): Promise<void> {
    for (let turns = 0; !isSo(); turns++) {
      if (turns > 20_000) throw new Error('it never came to be');
      await turn();
      this.clock.advance(stepMs);
    }
  }

  /** Lets everything happen that needs no time. */
  async settle(): Promise<void> {
    for (let turns = 0; turns < 50; turns++) await turn();
  }
}
