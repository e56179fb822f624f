import type { Logger } from '../../../engine/base/logger.ts';
import type { Random } from '../../../engine/base/random.ts';
import type { Transport, TransportEvents } from '../../../engine/base/transport.ts';
import { parseBrokerConfig } from '../../../engine/metadata/config/broker-config.ts';
import { createWays } from '../../../engine/node/controller-channel/create-ways.ts';
import { LeaderWatch } from '../../../engine/node/controller-channel/leader-watch.ts';
import { ownController } from '../../../engine/node/controller-channel/own-controller.ts';
import type { ToController } from '../../../engine/node/controller-channel/to-controller.ts';
import { ControllerListener } from '../../../engine/node/controller-listener/controller-listener.ts';
import { Metrics } from '../../../engine/node/metrics.ts';
import { AddressBook } from '../../../engine/node/raft-network/address-book.ts';
import { RaftNetwork } from '../../../engine/node/raft-network/raft-network.ts';
import type { RaftReplica } from '../../../engine/node/raft-network/raft-server.ts';
import { RpcClient } from '../../../engine/node/rpc/rpc-client.ts';
import { defaultRaftTimings, type RaftRequest } from '../../../engine/raft/types.ts';
import { checksum } from '../../../native-bindings/checksum.ts';
import { serverProperties } from '../../support/controller-fixture.ts';
import type { NodeClock } from '../world/node-clock.ts';
import type { QuorumPart } from './quorum-part.ts';
import { clusterId, directoryIdOf, type Setup, voterOf } from './setup.ts';

const turnMs = 0.02;
const maxResponseBytes = 16 << 20;
export const controllerPort = 9093;

export interface WireEnvironment {
  readonly nodeId: number;
  readonly setup: Setup;
  readonly clock: NodeClock;
  readonly random: Random;
  readonly logger: Logger;
  readonly quorum: QuorumPart;
  readonly receive: RaftReplica['receive'];
  connect(host: string, port: number, events: TransportEvents, connected: () => void): Transport;
  failed(error: unknown): void;
}

/** How a node talks to others, byte for byte: Raft's requests, its controller's listener, its ways to the active one. */
export class WirePart {
  readonly ways: ToController;
  readonly #environment: WireEnvironment;
  readonly #book: AddressBook;
  readonly #network: RaftNetwork;
  readonly #listener: ControllerListener | null;

  constructor(environment: WireEnvironment) {
    this.#environment = environment;
    const { nodeId, setup, clock, logger, quorum, connect } = environment;
    const isController = setup.voters.includes(nodeId);
    const ownEndpoints = isController ? voterOf(nodeId).endpoints : [];
    this.#book = new AddressBook({
      localId: nodeId,
      ownEndpoints,
      listenerName: 'CONTROLLER',
      bootstrapServers: setup.voters.map((id) => ({ host: `node${id}`, port: controllerPort })),
      voters: () => quorum.driver.voters,
    });
    this.#network = new RaftNetwork({
      book: this.#book,
      connect: ({ host, port }, events, connected) => connect(host, port, events, connected),
      clock,
      logger,
      clientId: `raft-client-${nodeId}`,
      softwareVersion: 'simulated',
      wire: {
        clusterId,
        checksum,
        fetchMaxBytes: setup.fetchMaxBytes,
        fetchSnapshotMaxBytes: setup.fetchMaxBytes,
        endpoints: ownEndpoints,
      },
      requestTimeoutMs: defaultRaftTimings.requestTimeoutMs,
      asker: quorum.driver,
    });
    this.ways = this.#makeWays();
    quorum.driver.register(new LeaderWatch(() => this.ways.leaderChanged()));
    this.#listener = isController ? this.#makeListener() : null;
  }

  send(correlation: number, to: number, request: RaftRequest): void {
    this.#network.send(correlation, to, request);
  }

  votersChanged(): void {
    this.#book.votersChanged();
  }

  accept(transport: Transport): TransportEvents | null {
    return this.#listener?.accept(transport, 'CONTROLLER') ?? null;
  }

  #makeWays(): ToController {
    const { nodeId, clock, random, logger, quorum, connect, failed } = this.#environment;
    return createWays({
      nodeId,
      softwareVersion: 'simulated',
      sessionTimeoutMs: 3_000,
      clock,
      random,
      logger,
      own: ownController(quorum.controller, quorum.driver, logger),
      leaderId: () => quorum.driver.leaderId(),
      nodeOf: (id) => {
        const endpoint = this.#book.endpointsOf(id)[0];
        return endpoint === undefined ? undefined : { id, host: endpoint.host, port: endpoint.port };
      },
      connect: ({ host, port }, clientId) =>
        new RpcClient({
          connect: (events, connected) => connect(host, port, events, connected),
          clock,
          clientId,
          maxResponseBytes,
        }),
      failed,
    });
  }

  #makeListener(): ControllerListener {
    const { nodeId, clock, logger, quorum, receive, failed } = this.#environment;
    const { driver, controller, image } = quorum;
    const raft: RaftReplica = {
      local: { id: nodeId, directoryId: directoryIdOf(nodeId) },
      leaderId: () => driver.leaderId(),
      epoch: () => driver.epoch(),
      receive,
    };
    const services = {
      clusterId,
      raft,
      endpointsOf: (id: number) => this.#book.endpointsOf(id),
      learn: this.#book.learn.bind(this.#book),
      // Voters are changed by the simulated quorum itself, not by an admin's request.
      voterChanges: null,
    };
    const config = parseBrokerConfig(serverProperties);
    return new ControllerListener({
      services: { nodeId, clusterId, controller, log: driver, quorum: services, image, config, logger },
      clock,
      defer: (run) => void clock.schedule(turnMs, run),
      fatal: failed,
      metrics: new Metrics(Metrics.allocate(1)),
    });
  }
}
