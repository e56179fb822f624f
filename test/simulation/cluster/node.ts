import type { Offset } from '../../../engine/base/brands.ts';
import { type Disk, DiskError } from '../../../engine/base/disk.ts';
import type { Respond } from '../../../engine/controller/controller.ts';
import { metadataVersionFeature } from '../../../engine/metadata/record-versions.ts';
import type { Ask } from '../../../engine/node/controller-channel/to-controller.ts';
import { MetadataCorruptError } from '../../../engine/node/quorum/raft-records.ts';
import { apiRow } from '../../../engine/protocol/api-table.ts';
import { Reader } from '../../../engine/protocol/reader.ts';
import { Writer } from '../../../engine/protocol/writer.ts';
import type { RaftRequest, RaftResponse } from '../../../engine/raft/types.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import type { Observed } from '../checkers/checker.ts';
import { codecsOf } from '../workload/codecs.ts';
import { MachineDisk } from '../world/machine-disk.ts';
import type { Network } from '../world/network.ts';
import { NodeClock, type TimeOfNode } from '../world/node-clock.ts';
import { ProcessLife } from '../world/process-life.ts';
import type { World } from '../world/world.ts';
import { BrokerPart } from './broker-part.ts';
import { LogShadow } from './log-shadow.ts';
import { LogWatch } from './log-watch.ts';
import { openQuorumPart, type QuorumPart } from './quorum-part.ts';
import type { Setup } from './setup.ts';
import { ShardPart } from './shard-part.ts';
import { controllerPort, WirePart } from './wire-part.ts';

const brokerPort = 9092;
/** A process that ended by itself is started again after so long. */
const restartMs = 700;
/** How long a broker waits for the controller's answer. */
const askTimeoutMs = 2_000;
const leaveTimeoutMs = 3_000;

/** A machine with a disk and clocks of its own, and the node that runs on it, life after life. */
export class SimulatedNode {
  readonly id: number;
  readonly time: TimeOfNode = { rate: 1, wallOffsetMs: 0 };
  readonly disk: MachineDisk;
  readonly #world: World;
  readonly #network: Network;
  readonly #setup: Setup;
  readonly #random: SeededRandom;
  readonly #nodeOf: (id: number) => SimulatedNode;
  #lives = 0;
  #hits = 0;
  #hitsBefore = 0;
  #lastEnd: Offset = 0;
  #previousBrokerEpoch = -1;
  life: ProcessLife | null = null;
  /** Null until what the disk holds is open, and after the process's end. */
  quorum: QuorumPart | null = null;
  broker: BrokerPart | null = null;
  data: ShardPart | null = null;
  #watch: LogWatch | null = null;
  observed: (Observed & { readonly shadow: LogShadow }) | null = null;

  constructor(id: number, setup: Setup, world: World, network: Network, nodeOf: (id: number) => SimulatedNode) {
    this.id = id;
    this.#setup = setup;
    this.#world = world;
    this.#network = network;
    this.#nodeOf = nodeOf;
    this.#random = world.chance();
    this.disk = new MachineDisk(`/node${id}`, world.scheduler, world.chance(), setup.disk, (what) => {
      this.#hits++;
      world.coverage.count(`${what}, felt`);
      world.trace.note(`${id}: ${what}`);
    });
  }

  get isUp(): boolean {
    return this.life?.isAlive === true;
  }

  /** The process, if it can be talked to. */
  get listening(): ProcessLife | null {
    return this.quorum === null ? null : this.life;
  }

  get isLeader(): boolean {
    return this.quorum?.driver.isLeader() === true;
  }

  // Life and death

  start(): void {
    if (this.isUp) return;
    this.#network.powerOn(this.id);
    const life = new ProcessLife(this.id, ++this.#lives);
    this.life = life;
    this.#hitsBefore = this.#hits;
    this.disk.rotDue = 0;
    this.#world.trace.note(`${this.id}: starts, life ${life.number}`);
    this.#open(life).catch((error: unknown) => {
      if (life.isAlive) this.#failed(life, error);
    });
  }

  async #open(life: ProcessLife): Promise<void> {
    const { scheduler, checkers, coverage } = this.#world;
    const clock = new NodeClock(scheduler, life, this.time);
    const logger = this.#world.logger(this.id);
    const random = this.#random;
    const disk = this.disk.open(life);
    let data: ShardPart | null = null;
    let wire: WirePart | null = null;
    const quorum: QuorumPart = await openQuorumPart(disk, {
      nodeId: this.id,
      setup: this.#setup,
      clock,
      random,
      logger,
      send: (correlation, to, request) => {
        if (wire === null) this.#send(life, correlation, to, request);
        else {
          this.#tellSent(request);
          wire.send(correlation, to, request);
        }
      },
      votersChanged: () => wire?.votersChanged(),
      committed: (changes) => {
        if (data?.isPublishing === true) data.publish(changes);
        else quorum.controller.published(changes.imageOffset);
        this.#startData(life, data, quorum);
      },
      failed: (error) => this.#failed(life, error),
    });
    this.observed = { nodeId: this.id, life: life.number, shadow: new LogShadow() };
    const watch = new LogWatch(this.#world, this.observed, quorum);
    await watch.open();
    if (this.observed.shadow.end.endOffset < this.#lastEnd) coverage.count('log shorter after a restart');
    if (quorum.storage.election?.leaderId === this.id) coverage.count('leader starts again');
    if (this.#setup.dataPartitions > 0) {
      wire = this.#makeWire(life, clock, quorum);
      data = this.#makeShard(life, clock, disk, quorum, wire);
    }
    await quorum.driver.start();
    if (!life.isAlive) return;
    this.quorum = quorum;
    this.#watch = watch;
    if (wire !== null) this.#network.listen(life, controllerPort, (transport) => wire!.accept(transport));
    this.broker = new BrokerPart({
      nodeId: this.id,
      isController: this.#setup.voters.includes(this.id),
      clock,
      random,
      logger,
      imageOffset: () => (data?.isPublishing === true ? data.publisher.publishedOffset : quorum.image.committed.offset),
      previousBrokerEpoch: this.#previousBrokerEpoch,
      ask: wire?.ways.ask ?? ((apiKey, request, answered) => this.#ask(life, clock, apiKey, request, answered)),
      failed: (error) => this.#world.fail(error),
    });
    this.#previousBrokerEpoch = -1;
    this.broker.registration.start();
    if (data === null) this.broker.registration.ready();
    checkers.tell((checker) => checker.epoch?.(this.observed!, quorum.driver.epoch()));
  }

  /** As a node does: not before the image holds its registration, and so all that was decided before. */
  #startData(life: ProcessLife, data: ShardPart | null, quorum: QuorumPart): void {
    const { broker } = this;
    if (broker === null || data === null || data.isPublishing) return;
    const { epoch } = broker.registration;
    if (epoch < 0 || quorum.image.committed.offset < epoch) return;
    data.start().then(
      () => {
        if (!life.isAlive) return;
        this.data = data;
        this.#network.listen(life, brokerPort, (transport) => data.accept(transport));
        broker.registration.ready();
      },
      (error: unknown) => {
        if (life.isAlive) this.#failed(life, error);
      },
    );
  }

  #makeWire(life: ProcessLife, clock: NodeClock, quorum: QuorumPart): WirePart {
    return new WirePart({
      nodeId: this.id,
      setup: this.#setup,
      clock,
      random: this.#random,
      logger: this.#world.logger(this.id),
      quorum,
      receive: (request, reply, maxBytes) => this.#receive(request, reply, maxBytes),
      connect: (host, port, events, connected) =>
        this.#network.connect(life, Number(host.slice(4)), port, events, connected),
      failed: (error) => this.#world.fail(error),
    });
  }

  #makeShard(life: ProcessLife, clock: NodeClock, disk: Disk, quorum: QuorumPart, wire: WirePart): ShardPart {
    const data: ShardPart = new ShardPart({
      nodeId: this.id,
      clock,
      random: this.#random,
      logger: this.#world.logger(this.id),
      disk,
      quorum,
      properties: this.#setup.properties,
      connect: (host, port, events, connected) =>
        this.#network.connect(life, Number(host.slice(4)), port, events, connected),
      forward: (message, answered) => wire.ways.forward(message, answered),
      published: (offset) => {
        quorum.controller.published(offset);
        wire.ways.published(offset);
        data.notePublished();
        const { brokers, features } = quorum.image.committed;
        this.broker?.registration.imageChanged(brokers.get(this.id), features.get(metadataVersionFeature) ?? 0);
      },
      failed: (error) => this.#failed(life, error),
    });
    return data;
  }

  /** Only what was done to its disk is a reason for a node to end by itself. */
  #failed(life: ProcessLife, error: unknown): void {
    const isOfDisk = error instanceof DiskError || error instanceof MetadataCorruptError;
    if (!isOfDisk || this.#hits === this.#hitsBefore) {
      this.#world.trace.note(`${this.id}: fails without a reason: ${String(error)}`);
      this.#world.fail(error);
      return;
    }
    this.#world.trace.note(`${this.id}: ends: ${error.message}`);
    this.#world.coverage.count('node ends at a disk fault');
    this.#end(life);
    if (!this.#world.isCalm) this.#world.scheduler.after(restartMs, () => this.start());
  }

  /** The process is gone; what it wrote is in the page cache, and in time on the disk. */
  kill(): void {
    if (this.life !== null) this.#end(this.life);
  }

  /** The machine is gone with its page cache, and silent. */
  powerOff(): void {
    this.#network.powerOff(this.id);
    this.kill();
    const inDoubt = this.disk.losePower();
    this.#world.coverage.count('write in doubt at a power cut', inDoubt);
  }

  /** An orderly end. */
  stop(): void {
    const { life, quorum, broker } = this;
    if (life === null || quorum === null || broker === null) return;
    broker.registration.leave(leaveTimeoutMs, () => {
      const { epoch } = broker.registration;
      quorum.controller.close();
      quorum.driver.close().then(
        () => {
          if (!life.isAlive) return;
          this.#previousBrokerEpoch = epoch;
          this.#end(life);
        },
        (error: unknown) => this.#failed(life, error),
      );
    });
  }

  #end(life: ProcessLife): void {
    if (!life.isAlive) return;
    this.#world.trace.note(`${this.id}: life ${life.number} ends`);
    if (this.observed !== null && this.quorum !== null) this.#lastEnd = this.observed.shadow.end.endOffset;
    this.quorum = null;
    this.broker = null;
    this.data = null;
    this.#watch = null;
    life.die();
    this.#network.processDied(life);
    if (this.#world.isCalm) this.#world.scheduler.after(restartMs, () => this.start());
  }

  /** After each event. */
  look(): void {
    if (this.quorum !== null) this.#watch?.look();
  }

  // Messages

  #send(life: ProcessLife, correlation: number, to: number, request: RaftRequest): void {
    const driver = this.quorum?.driver;
    if (driver === undefined || !life.isAlive) return;
    this.#tellSent(request);
    const target = to < -1 ? this.#setup.voters[-2 - to]! : to;
    this.#network.call(
      life,
      target,
      (_, reply) =>
        this.#nodeOf(target).#receive(request, (response) => {
          reply(() => driver.answered(correlation, response));
        }),
      () => driver.unanswered(correlation),
    );
  }

  #receive(request: RaftRequest, reply: (response: RaftResponse) => void, maxBytes?: number): void {
    const { observed, quorum } = this;
    if (quorum === null || observed === null) return;
    const { coverage, checkers } = this.#world;
    quorum.driver.receive(
      request,
      (response) => {
        if (request.kind === 'vote' && response.kind === 'vote' && !response.granted) {
          coverage.count(request.preVote ? 'pre-vote refused' : 'vote refused');
        }
        checkers.tell((checker) => checker.answered?.(observed, request, response));
        this.#tellSent(response);
        reply(response);
      },
      maxBytes,
    );
  }

  #tellSent(message: RaftRequest | RaftResponse): void {
    const { observed } = this;
    if (observed === null) return;
    const { checkers } = this.#world;
    checkers.tell((checker) => checker.sent?.(observed, message));
    // Whoever says so has made it durable that it leads; before, nobody knows, and it may be forgotten.
    if (message.kind === 'begin-epoch' && 'voter' in message) {
      checkers.tell((checker) => checker.leads?.(observed, message.epoch));
    }
  }

  /** Without a wire: in the newest version. */
  #ask(
    life: ProcessLife,
    clock: NodeClock,
    apiKey: number,
    request: Parameters<Ask>[1],
    done: Parameters<Ask>[2],
  ): void {
    const { stableMaxVersion: version } = apiRow(apiKey)!;
    const codecs = codecsOf(apiKey);
    const writer = new Writer();
    codecs.request.encode(writer, typeof request === 'function' ? request(version) : request, version);
    this.#askController(life, clock, apiKey, version, writer.toBytes(), (body) =>
      done(body === null ? null : codecs.response.decode(new Reader(body), version)),
    );
  }

  #askController(
    life: ProcessLife,
    clock: NodeClock,
    apiKey: number,
    version: number,
    body: Uint8Array,
    respond: Respond,
  ): void {
    const leaderId = this.quorum?.driver.leaderId() ?? -1;
    let isAnswered = false;
    const once: Respond = (answer) => {
      if (isAnswered) return;
      isAnswered = true;
      respond(answer);
    };
    clock.schedule(leaderId < 0 ? 20 : askTimeoutMs, () => once(null));
    if (leaderId < 0) return;
    const bytes = body.slice();
    const ask = (_: ProcessLife, reply: (arrive: () => void) => void): void =>
      this.#nodeOf(leaderId).handle(apiKey, version, bytes, this.id === leaderId, (answer) =>
        reply(() => once(answer)),
      );
    this.#network.call(life, leaderId, ask, () => once(null));
  }

  /** A request to this node's controller. */
  handle(apiKey: number, version: number, body: Uint8Array, isOwnBroker: boolean, respond: Respond): void {
    const context = { principal: 'User:ANONYMOUS', clientId: 'simulated', listener: 'CONTROLLER', isOwnBroker };
    this.quorum?.controller.handle(apiKey, version, body, context, respond);
  }
}
