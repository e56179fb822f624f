import type { MetadataImage } from '../../../engine/metadata/image/metadata-image.ts';
import { formatStorage } from '../../../engine/node/quorum/kraft-storage.ts';
import { checksum } from '../../../native-bindings/checksum.ts';
import { metadataCodec } from '../../support/metadata-log-fixture.ts';
import { SteppedClock } from '../../support/stepped-clock.ts';
import { topicOf } from '../workload/records.ts';
import { Network } from '../world/network.ts';
import type { World } from '../world/world.ts';
import { SimulatedNode } from './node.ts';
import { clusterId, type Setup, voterOf } from './setup.ts';

/** All nodes, and the network between them. */
export class Cluster {
  readonly setup: Setup;
  readonly world: World;
  readonly network: Network;
  readonly nodes: readonly SimulatedNode[];
  /** Has a client ask for a change now. */
  nudge: () => void = () => {};

  constructor(setup: Setup, world: World) {
    this.setup = setup;
    this.world = world;
    this.network = new Network(
      world.scheduler,
      world.chance(),
      setup.network,
      (id) => this.find(id)?.listening ?? null,
    );
    const ids = [...setup.voters, ...setup.observers];
    this.nodes = ids.map((id) => new SimulatedNode(id, setup, world, this.network, (each) => this.node(each)));
  }

  find(id: number): SimulatedNode | undefined {
    return this.nodes.find((node) => node.id === id);
  }

  node(id: number): SimulatedNode {
    const found = this.find(id);
    if (found === undefined) throw new Error(`no node ${id}`);
    return found;
  }

  get voters(): readonly SimulatedNode[] {
    return this.nodes.filter(({ id }) => this.setup.voters.includes(id));
  }

  get leader(): SimulatedNode | undefined {
    return this.nodes.find((node) => node.isLeader);
  }

  async format(): Promise<void> {
    const { firstVoters, dynamicVoters } = this.setup;
    for (const { id, disk: machineDisk } of this.nodes) {
      const disk = machineDisk.openAtOnce();
      const quorum =
        dynamicVoters && firstVoters.includes(id)
          ? ({ kind: 'initial-controllers', voters: firstVoters.map(voterOf) } as const)
          : ({ kind: 'configured' } as const);
      const random = { below: () => 0, fill: (into: Uint8Array) => into.fill(id) };
      const environment = { clock: new SteppedClock(), random, checksum, codec: metadataCodec };
      await formatStorage({ disks: [disk], metadata: disk }, { nodeId: id, clusterId, quorum }, environment);
    }
  }

  start(): void {
    for (const node of this.nodes) node.start();
  }

  look(): void {
    this.world.throwFailure();
    for (const node of this.nodes) node.look();
  }

  /** Everything that was broken is mended. */
  heal(): void {
    this.network.lossOneIn = 0;
    this.network.healAll();
    for (const node of this.nodes) {
      node.time.rate = 1;
      node.disk.heal();
      if (node.life?.isPaused === true) node.life.resume();
      node.start();
    }
  }

  get hasData(): boolean {
    return this.setup.dataPartitions > 0;
  }

  /** The image of the node that leads the quorum. */
  get leadersImage(): MetadataImage | undefined {
    return this.leader?.quorum?.image;
  }

  get hasTopic(): boolean {
    const image = this.leadersImage;
    return image !== undefined && topicOf(image) !== undefined;
  }

  /** The topic that is produced to is there, with all of its replicas in sync. */
  get isReplicated(): boolean {
    const image = this.leadersImage;
    const topic = image === undefined ? undefined : topicOf(image);
    const block = topic === undefined ? undefined : image?.committed.partitions(topic);
    if (block === undefined) return false;
    for (let index = 0; index < block.count; index++) {
      const state = block.get(index);
      if (state === undefined || state.leader < 0 || state.isr.length < state.replicas.length) return false;
    }
    return true;
  }

  /** The topic's replicas are in sync, and every broker that the controllers know is the one that runs. */
  get isSettled(): boolean {
    const brokers = this.leadersImage?.committed.brokers;
    if (brokers === undefined || !this.isReplicated) return false;
    return this.nodes.every(({ id, broker }) => {
      const known = brokers.get(id);
      return known !== undefined && !known.fenced && known.epoch === broker?.registration.epoch;
    });
  }

  /** One leads, everybody has all of its log and is a broker that takes part. */
  get isWhole(): boolean {
    if (this.hasData && !this.isReplicated) return false;
    const leader = this.leader?.quorum;
    if (leader === undefined || leader === null) return false;
    const end = leader.driver.endOffset();
    const epoch = leader.driver.epoch();
    return this.nodes.every(({ quorum, broker }) => {
      if (quorum === null || broker === null || !broker.isUnfenced) return false;
      return quorum.driver.epoch() === epoch && quorum.driver.highWatermark() === end;
    });
  }
}
