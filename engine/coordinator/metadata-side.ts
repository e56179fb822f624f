import type { NodeId, Offset, Uuid } from '../base/brands.ts';
import type { Disk } from '../base/disk.ts';
import { rulesOfDefinitions } from '../controller/config-definitions.ts';
import { Controller, type ControllerObserver } from '../controller/controller.ts';
import { systemClock } from '../io/clock.ts';
import { isListening } from '../io/net/is-listening.ts';
import { SystemRandom } from '../io/random.ts';
import { MetadataImage } from '../metadata/image/metadata-image.ts';
import type { ImageChanges } from '../metadata/image/states.ts';
import type { ToController } from '../node/controller-channel/to-controller.ts';
import type { Metrics } from '../node/metrics.ts';
import { type LoadedStorage, readBootstrapRecords } from '../node/quorum/kraft-storage.ts';
import { loadMetadataRecordCodec } from '../node/quorum/metadata-record-codec.ts';
import type { RaftDriver } from '../node/quorum/raft-driver.ts';
import type { VoterChangeServices } from '../node/raft-network/voter-changes.ts';
import type { Endpoint } from '../raft/types.ts';
import type { ControllerSockets } from './controller-sockets.ts';
import { controllerWays } from './controller-ways.ts';
import { openQuorum, prepareStorage, type Quorum } from './metadata-quorum.ts';
import type { NodeOptions } from './node-options.ts';
import { controllerSettings } from './node-settings.ts';

/** How long the other voters may take to elect another leader before this one goes anyway. */
const handOverMs = 2000;

export interface MetadataSideOptions {
  readonly node: NodeOptions;
  readonly observer: ControllerObserver;
  /** The committed image moved; whoever acts on it says `published` when all of this node has. */
  committed(changes: ImageChanges): void;
}

/** The node in its quorum: the metadata log, the image that follows it, the controller, and the controller's listener. */
export class MetadataSide {
  readonly image = new MetadataImage();
  readonly random = new SystemRandom();
  storage!: LoadedStorage;
  controller!: Controller;
  private quorum!: Quorum;
  /** This node's ways to the active controller, whichever node that is. */
  toController!: ToController;
  private readonly options: MetadataSideOptions;
  private sockets: ControllerSockets | undefined;

  constructor(options: MetadataSideOptions) {
    this.options = options;
  }

  get raft(): RaftDriver {
    return this.quorum.raft;
  }

  /** Where a controller is reached, as far as this node knows. */
  endpointsOf(id: NodeId): readonly Endpoint[] {
    return this.quorum.book.endpointsOf(id);
  }

  /** What a change of the voters goes by. */
  get voterChanges(): VoterChangeServices {
    const { raft, network } = this.quorum;
    return {
      clusterId: this.clusterId,
      listenerName: this.options.node.config.controllerListenerNames[0] ?? '',
      raft,
      kraftVersionsAt: network.kraftVersionsAt.bind(network),
    };
  }

  /** No other node is in the quorum. */
  get isAlone(): boolean {
    const { voters, local } = this.raft;
    return this.options.node.config.isController && voters.length === 1 && voters[0]!.id === local.id;
  }

  get clusterId(): Uuid {
    return this.storage.clusterId;
  }

  /** Opens what lies in the metadata directory. Nothing moves before `start`. */
  async open(disks: readonly Disk[], metadata: Disk): Promise<void> {
    const { config, logger, checksum, compression, fatal } = this.options.node;
    const codec = await loadMetadataRecordCodec();
    const environment = { clock: systemClock, random: this.random, checksum, compression, logger };
    this.storage = await prepareStorage(config, disks, metadata, { ...environment, codec }, logger);
    const failed = (error: unknown): void => fatal('the metadata log failed', error);
    this.quorum = await openQuorum(config, metadata, this.storage, codec, environment, failed);
    this.controller = new Controller({
      log: this.raft,
      image: this.image,
      settings: controllerSettings(config, this.clusterId),
      configs: rulesOfDefinitions(config),
      bootstrap: await readBootstrapRecords(metadata, { ...environment, codec }),
      clock: systemClock,
      random: this.random,
      logger,
      sessionTimeoutMs: config.values.number('broker.session.timeout.ms'),
      maxIdleIntervalMs: config.values.number('metadata.max.idle.interval.ms'),
      observer: this.options.observer,
      isListening: ({ endpoints }, answered) => {
        // The listener by which nodes reach each other: others may be advertised to places that this node is not in.
        const endpoint = endpoints.find(({ name }) => name === config.interBrokerListenerName);
        if (endpoint === undefined) answered(true);
        else isListening(endpoint.host, endpoint.port, answered);
      },
      committed: (changes) => this.options.committed(changes),
    });
    this.raft.register(this.controller);
    this.toController = controllerWays(this.options.node, this);
  }

  /** Takes part in the quorum from now on. */
  start(): Promise<void> {
    return this.raft.start();
  }

  /** All of this node has acted on the image up to `offset`: who waits for that is answered. */
  published(offset: Offset): void {
    this.controller.published(offset);
    this.toController.published(offset);
  }

  /** Serves the controller's listeners, if there are any. Their code is loaded only now: it may be last. */
  async listen(metrics: Metrics): Promise<void> {
    const { config, logger, fatal } = this.options.node;
    if (!config.isController) return;
    const { clusterId, controller, raft: log, image } = this;
    const { raft, book } = this.quorum;
    const { voterChanges } = this;
    const quorum = {
      clusterId,
      raft,
      endpointsOf: book.endpointsOf.bind(book),
      learn: book.learn.bind(book),
      voterChanges,
    };
    const { ControllerSockets: Sockets } = await import('./controller-sockets.ts');
    const services = { nodeId: config.nodeId, clusterId, controller, log, quorum, image, config, logger };
    this.sockets = new Sockets(services, metrics, (error) => fatal('the controller listener failed', error));
    await this.sockets.listen();
  }

  async close(): Promise<void> {
    this.toController.close();
    await this.raft.handOver(handOverMs);
    this.sockets?.close();
    this.controller.close();
    await this.raft.close();
    this.quorum.network.close();
  }
}
