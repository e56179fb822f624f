import type { Transport, TransportEvents } from '../../../engine/base/transport.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import type { ProcessLife } from './process-life.ts';
import type { Scheduler } from './scheduler.ts';
import { Stream, type StreamWays } from './stream.ts';

/** One direction between two machines. Bytes keep their order, as TCP has it. */
class Link {
  /** What is sent waits, and is there when the link is healed, unless its connection was given up meanwhile. */
  isCut = false;
  extraDelayMs = 0;
  #clearAtMs = 0;
  #held: (() => void)[] = [];

  transmit(scheduler: Scheduler, delayMs: number, arrive: () => void): void {
    if (this.isCut) {
      this.#held.push(arrive);
      return;
    }
    this.#clearAtMs = Math.max(this.#clearAtMs, scheduler.nowMs + delayMs + this.extraDelayMs);
    scheduler.after(this.#clearAtMs - scheduler.nowMs, arrive);
  }

  heal(scheduler: Scheduler): void {
    this.isCut = false;
    const held = this.#held;
    this.#held = [];
    for (const arrive of held) this.transmit(scheduler, 1, arrive);
  }
}

interface Connection {
  readonly from: ProcessLife;
  readonly to: number;
  /** The process at the other end, once it has accepted. */
  target: ProcessLife | null;
  isOpen: boolean;
  readonly unanswered: Set<() => void>;
}

export interface NetworkProfile {
  readonly minDelayMs: number;
  readonly spreadDelayMs: number;
}

/** How a process takes a connection: null refuses it. */
export type Accept = (transport: Transport) => TransportEvents | null;

/** How a request reaches the process at the other end. `reply` carries what answers it back to the one who asked. */
export type Deliver = (target: ProcessLife, reply: (arrive: () => void) => void) => void;

/**
 * Machines that are joined by connections: requests and answers keep their order on each, and are lost with it. A
 * machine that is reached and has no process refuses; one without power is silent.
 */
export class Network {
  /** A message is lost, and its connection with it, once in so many; 0 for never. */
  lossOneIn = 0;
  resets = 0;
  readonly #scheduler: Scheduler;
  readonly #random: SeededRandom;
  readonly #profile: NetworkProfile;
  readonly #processOf: (nodeId: number) => ProcessLife | null;
  readonly #links = new Map<string, Link>();
  readonly #connections = new Map<string, Connection>();
  readonly #silent = new Set<number>();
  readonly #streams = new Set<Stream>();
  readonly #listeners = new Map<ProcessLife, Map<number, Accept>>();
  readonly #ways: StreamWays = {
    transmit: (from, to, arrive) => this.#transmit(from, to, arrive),
    isLost: () => this.#isLost(),
    isSilent: (nodeId) => this.#silent.has(nodeId),
    gone: (stream) => {
      this.resets++;
      this.#streams.delete(stream);
    },
  };

  constructor(
    scheduler: Scheduler,
    random: SeededRandom,
    profile: NetworkProfile,
    processOf: (nodeId: number) => ProcessLife | null,
  ) {
    this.#scheduler = scheduler;
    this.#random = random;
    this.#profile = profile;
    this.#processOf = processOf;
  }

  cut(from: number, to: number): void {
    if (from !== to) this.#link(from, to).isCut = true;
  }

  isCut(from: number, to: number): boolean {
    return this.#link(from, to).isCut;
  }

  heal(from: number, to: number): void {
    const link = this.#link(from, to);
    if (!link.isCut) return;
    // Long silence ends some connections, and the others go on with what was sent.
    if (this.#random.oneIn(2)) this.#resetBetween(from, to);
    link.heal(this.#scheduler);
  }

  healAll(): void {
    for (const [name, link] of this.#links) {
      link.extraDelayMs = 0;
      const [from, to] = name.split('>').map(Number);
      if (link.isCut) this.heal(from!, to!);
    }
  }

  slowDown(from: number, to: number, extraDelayMs: number): void {
    this.#link(from, to).extraDelayMs = extraDelayMs;
  }

  /** A machine without power tells nobody that its connections are gone. */
  powerOff(nodeId: number): void {
    this.#silent.add(nodeId);
  }

  powerOn(nodeId: number): void {
    this.#silent.delete(nodeId);
  }

  /** The kernel of a machine whose process died ends its connections. */
  processDied(life: ProcessLife): void {
    for (const connection of [...this.#connections.values()]) {
      if (connection.target === life && !this.#silent.has(life.nodeId)) this.#reset(connection);
      if (connection.from === life) this.#forget(connection);
    }
    for (const stream of [...this.#streams]) {
      const isOurs = stream.client.life === life || stream.server.life === life;
      if (isOurs && !this.#silent.has(life.nodeId)) stream.reset();
    }
  }

  /** From now on the process takes connections. */
  listen(life: ProcessLife, port: number, accept: Accept): void {
    const ports = this.#listeners.get(life) ?? new Map<number, Accept>();
    ports.set(port, accept);
    this.#listeners.set(life, ports);
    life.onDeath(() => this.#listeners.delete(life));
  }

  /** Makes a connection; where it cannot be made, `events.closed` is called and `connected` never is. */
  connect(from: ProcessLife, to: number, port: number, events: TransportEvents, connected: () => void): Transport {
    const stream = new Stream(this.#ways, from, to, events);
    this.#streams.add(stream);
    this.#transmit(from.nodeId, to, () => {
      if (stream.isReset || this.#silent.has(to)) return;
      const life = this.#processOf(to);
      const accept = life === null ? undefined : this.#listeners.get(life)?.get(port);
      if (life === null || accept === undefined) {
        stream.reset();
        return;
      }
      life.enter(() => this.#accepted(stream, life, accept, connected));
    });
    return stream.client;
  }

  #accepted(stream: Stream, life: ProcessLife, accept: Accept, connected: () => void): void {
    const { client, server } = stream;
    if (stream.isReset) return;
    const taken = accept(server);
    if (taken === null) {
      stream.reset();
      return;
    }
    server.life = life;
    server.events = taken;
    server.open();
    this.#transmit(life.nodeId, client.nodeId, () => {
      if (stream.isReset) return;
      client.life?.enter(() => {
        client.open();
        connected();
      });
    });
  }

  /** One request. `lost` is called at most once: the connection is gone, and no answer will come by it. */
  call(from: ProcessLife, to: number, deliver: Deliver, lost: () => void): void {
    const connection = this.#connectionOf(from, to);
    connection.unanswered.add(lost);
    if (this.#isLost()) {
      this.#reset(connection);
      return;
    }
    this.#transmit(from.nodeId, to, () => this.#arrived(connection, deliver, lost));
  }

  #arrived(connection: Connection, deliver: Deliver, lost: () => void): void {
    const { from, to } = connection;
    if (!connection.isOpen || this.#silent.has(to)) return;
    const process = this.#processOf(to);
    connection.target ??= process;
    if (process === null || !process.isAlive || connection.target !== process) {
      this.#reset(connection);
      return;
    }
    process.enter(() =>
      deliver(process, (arrive) => {
        if (!connection.isOpen) return;
        if (this.#isLost()) {
          this.#reset(connection);
          return;
        }
        this.#transmit(to, from.nodeId, () => {
          if (!connection.isOpen || !connection.unanswered.delete(lost)) return;
          from.enter(arrive);
        });
      }),
    );
  }

  #isLost(): boolean {
    return this.lossOneIn > 0 && this.#random.oneIn(this.lossOneIn);
  }

  #transmit(from: number, to: number, arrive: () => void): void {
    const { minDelayMs, spreadDelayMs } = this.#profile;
    const delayMs = from === to ? 0.01 : minDelayMs + (this.#random.below(1000) / 1000) * spreadDelayMs;
    this.#link(from, to).transmit(this.#scheduler, delayMs, arrive);
  }

  #resetBetween(a: number, b: number): void {
    for (const connection of [...this.#connections.values()]) {
      const ends = [connection.from.nodeId, connection.to];
      if (ends.includes(a) && ends.includes(b)) this.#reset(connection);
    }
    for (const stream of [...this.#streams]) if (stream.touches(a, b)) stream.reset();
  }

  /** Gone; the one who asked is told, unless nothing reaches it. */
  #reset(connection: Connection): void {
    this.resets++;
    this.#forget(connection);
    for (const lost of connection.unanswered) {
      this.#transmit(connection.to, connection.from.nodeId, () => connection.from.enter(lost));
    }
    connection.unanswered.clear();
  }

  #forget(connection: Connection): void {
    connection.isOpen = false;
    this.#connections.delete(nameOf(connection.from, connection.to));
  }

  #connectionOf(from: ProcessLife, to: number): Connection {
    const name = nameOf(from, to);
    let connection = this.#connections.get(name);
    if (connection === undefined) {
      connection = { from, to, target: null, isOpen: true, unanswered: new Set() };
      this.#connections.set(name, connection);
    }
    return connection;
  }

  #link(from: number, to: number): Link {
    const name = `${from}>${to}`;
    let link = this.#links.get(name);
    if (link === undefined) {
      link = new Link();
      this.#links.set(name, link);
    }
    return link;
  }
}

function nameOf(from: ProcessLife, to: number): string {
  return `${from.nodeId}.${from.number}>${to}`;
}
