import type { NodeId } from '../../base/brands.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import { controllerChannelLimits as limits } from '../../base/limits.ts';
import type { Logger } from '../../base/logger.ts';
import type { Random } from '../../base/random.ts';
import { ControllerConnection, type RpcConnection } from './controller-connection.ts';
import { Backoff } from './retry-backoff.ts';

export interface ControllerNode {
  readonly id: NodeId;
  readonly host: string;
  readonly port: number;
}

/** How a request ended. */
export type ChannelOutcome =
  | { readonly kind: 'answered'; readonly version: number; readonly body: Uint8Array; readonly isOwn: boolean }
  /** Nobody who leads the quorum answered in time. */
  | { readonly kind: 'timed-out' }
  /** Too many requests wait, or this node stops. */
  | { readonly kind: 'refused' }
  /** The controller has no version of the api that this node can speak. */
  | { readonly kind: 'unsupported' }
  /** The controller could not read the request. */
  | { readonly kind: 'malformed' };

/** A request, in both ways that it may take. */
export interface ChannelRequest {
  /** What goes over the network: the api, or an Envelope around it. */
  readonly apiKey: number;
  readonly minVersion: number;
  readonly maxVersion: number;
  /** Held while it is under way. */
  readonly bytes: number;
  /** From now until it is given up. */
  readonly timeoutMs: number;
  encode(version: number): Uint8Array;
  /** Asks the controller of this very process; null: it could not read the request. */
  askOwn(respond: (version: number, body: Uint8Array | null) => void): void;
  /** Whether an answer says that its sender is not the active controller. `isOwn`: as `askOwn` gave it. */
  isMisdirected(version: number, body: Uint8Array, isOwn: boolean): boolean;
  done(outcome: ChannelOutcome): void;
}

export interface ControllerChannelOptions {
  readonly nodeId: NodeId;
  /** As ApiVersions tells the controller. */
  readonly softwareVersion: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Who leads the quorum as far as this node knows, -1 for none. */
  leaderId(): NodeId;
  /** Where a controller is reached; undefined where that is not known (yet). */
  nodeOf(id: NodeId): ControllerNode | undefined;
  /** Whether the controller of this process leads and can decide; false where it has none. */
  isOwnActive(): boolean;
  connect(node: ControllerNode): RpcConnection;
}

/** A request that is not answered; `isSent`: it is with a controller. */
interface Pending {
  readonly request: ChannelRequest;
  readonly deadlineMs: number;
  timer: Timer | null;
  isSent: boolean;
  /** Counts the times that it was sent: an answer to an earlier time is not looked at. */
  attempt: number;
}

/**
 * Takes requests to the active controller, wherever it is, over one connection: what is not answered, because the
 * connection dropped or the node does not lead (any longer), is sent again to whoever leads until its time is over. So a
 * request may be decided twice, as it may in Apache Kafka. Where this node leads, its own controller is asked.
 */
export class ControllerChannel {
  readonly #options: ControllerChannelOptions;
  readonly #backoff: Backoff;
  /** In the order in which they came. */
  readonly #pending = new Set<Pending>();
  #bytes = 0;
  #inFlight = 0;
  #connection: ControllerConnection | null = null;
  #isClosed = false;

  constructor(options: ControllerChannelOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.clock, options.random, () => this.#pump());
  }

  get size(): number {
    return this.#pending.size;
  }

  send(request: ChannelRequest): void {
    if (this.#isClosed || this.#pending.size >= limits.requests || this.#bytes + request.bytes > limits.requestBytes) {
      request.done({ kind: 'refused' });
      return;
    }
    const { clock } = this.#options;
    const deadlineMs = clock.monotonicMs() + request.timeoutMs;
    const pending: Pending = { request, deadlineMs, timer: null, isSent: false, attempt: 0 };
    pending.timer = clock.schedule(request.timeoutMs, () => this.#finish(pending, { kind: 'timed-out' }));
    this.#pending.add(pending);
    this.#bytes += request.bytes;
    this.#pump();
  }

  /** Who leads may have changed: what is with another is asked again of the new one, without waiting for time-outs. */
  leaderChanged(): void {
    const connection = this.#connection;
    if (connection !== null && this.#options.leaderId() !== connection.node.id) this.#disconnect();
    this.#backoff.reset();
    this.#pump();
  }

  /** Refuses what waits and what comes. */
  close(): void {
    this.#isClosed = true;
    this.#backoff.reset();
    this.#disconnect();
    for (const pending of [...this.#pending]) this.#finish(pending, { kind: 'refused' });
  }

  #pump(): void {
    if (this.#isClosed || this.#pending.size === 0 || this.#backoff.isWaiting) return;
    if (this.#options.isOwnActive()) {
      this.#disconnect();
      for (const pending of this.#pending) if (!pending.isSent) this.#askOwn(pending);
      return;
    }
    const connection = this.#connectionToLeader();
    if (connection === null) this.#backoff.start();
    else if (connection.isReady) this.#sendAll(connection);
  }

  #connectionToLeader(): ControllerConnection | null {
    const { nodeId, logger } = this.#options;
    const leaderId = this.#options.leaderId();
    if (this.#connection?.node.id === leaderId) return this.#connection;
    this.#disconnect();
    // Its own controller does not lead yet, or no longer.
    if (leaderId === -1 || leaderId === nodeId) return null;
    const node = this.#options.nodeOf(leaderId);
    if (node === undefined) return null;
    logger.debug({ controller: node }, 'connecting to the active controller');
    const rpc = this.#options.connect(node);
    const connection = new ControllerConnection(node, rpc, this.#options.softwareVersion);
    this.#connection = connection;
    connection.negotiate((isDone) => {
      if (this.#connection !== connection) return;
      if (isDone) this.#pump();
      else this.#retryElsewhere();
    });
    return this.#connection === connection ? connection : null;
  }

  #sendAll(connection: ControllerConnection): void {
    for (const pending of [...this.#pending]) {
      if (this.#inFlight >= limits.inFlight || this.#connection !== connection) return;
      if (!pending.isSent && this.#pending.has(pending)) this.#sendOne(connection, pending);
    }
  }

  #sendOne(connection: ControllerConnection, pending: Pending): void {
    const { request } = pending;
    const version = connection.versionOf(request.apiKey, request.minVersion, request.maxVersion);
    if (version < 0) {
      this.#finish(pending, { kind: 'unsupported' });
      return;
    }
    const attempt = this.#attempted(pending);
    this.#inFlight += 1;
    const leftMs = Math.max(1, pending.deadlineMs - this.#options.clock.monotonicMs());
    connection.rpc.send(
      request.apiKey,
      version,
      request.encode(version),
      Math.min(limits.attemptMs, leftMs),
      (body) => {
        // A connection that was given up took its count with it.
        if (this.#connection !== connection) return;
        this.#inFlight -= 1;
        if (body === null) this.#retryElsewhere();
        else this.#answered(pending, attempt, version, body, false);
      },
    );
  }

  #askOwn(pending: Pending): void {
    const attempt = this.#attempted(pending);
    pending.request.askOwn((version, body) => {
      if (body !== null) this.#answered(pending, attempt, version, body, true);
      else if (attempt === pending.attempt) this.#finish(pending, { kind: 'malformed' });
    });
  }

  #attempted(pending: Pending): number {
    pending.isSent = true;
    pending.attempt += 1;
    return pending.attempt;
  }

  #answered(pending: Pending, attempt: number, version: number, body: Uint8Array, isOwn: boolean): void {
    const isAwaited = this.#pending.has(pending) && pending.attempt === attempt;
    if (isAwaited && pending.request.isMisdirected(version, body, isOwn)) {
      pending.isSent = false;
      if (isOwn) this.#backoff.start();
      else this.#retryElsewhere();
      return;
    }
    this.#backoff.succeeded();
    if (isAwaited) this.#finish(pending, { kind: 'answered', version, body, isOwn });
    this.#pump();
  }

  /** The connection is of no use: what was on it waits for the next one. */
  #retryElsewhere(): void {
    this.#disconnect();
    if (this.#pending.size > 0 && !this.#isClosed) this.#backoff.start();
  }

  #disconnect(): void {
    const connection = this.#connection;
    if (connection === null) return;
    this.#connection = null;
    this.#inFlight = 0;
    for (const pending of this.#pending) {
      pending.isSent = false;
      // Whatever still comes of it is not looked at.
      pending.attempt += 1;
    }
    connection.rpc.close();
  }

  #finish(pending: Pending, outcome: ChannelOutcome): void {
    if (!this.#pending.delete(pending)) return;
    pending.timer?.cancel();
    this.#bytes -= pending.request.bytes;
    pending.request.done(outcome);
  }
}
