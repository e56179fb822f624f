import type { Clock } from '../base/clock.ts';
import { limits } from '../base/limits.ts';
import type { Logger } from '../base/logger.ts';
import type { Transport, TransportEvents } from '../base/transport.ts';
import type { DispatchedConnection, Dispatcher } from '../broker/dispatch.ts';
import { FetchHome } from '../broker/fetch-home.ts';
import type { Peer } from '../broker/request.ts';
import { Connection, type ConnectionSettings, type RequestHandler } from '../net/connection.ts';
import type { ConnectionCounts } from '../net/connection-counts.ts';
import type { Exchange } from '../net/exchange.ts';
import type { IngressMemory } from '../net/ingress-memory.ts';
import { apiKey } from '../protocol/generated/api-rows.js';
import { fetchConsumerKey, fetchFollowerKey } from './metrics/cell-layout.ts';
import type { Metrics } from './metrics.ts';
import type { ConnectionMoves, MovedConnection } from './moved-connection.ts';
import { activity, type Pulse } from './pulse.ts';

export interface ConnectionsOptions {
  readonly memory: IngressMemory;
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly counts: ConnectionCounts;
  readonly pulse: Pulse;
  /** Absent where connections stay where they came to. */
  readonly moves?: ConnectionMoves | undefined;
  /** Requests under way on this shard, of all connections: its part of `queued.max.requests`. */
  readonly requestsAtOnce: number;
  readonly idleMs: () => number;
  readonly requestTurn: () => void;
}

/** What may wait long for what other requests bring: it neither counts among those nor waits for them. */
const longWaits: ReadonlySet<number> = new Set([apiKey.Fetch, apiKey.JoinGroup, apiKey.SyncGroup]);

/** A connection as the dispatcher sees it. */
class ServedConnection extends Connection implements DispatchedConnection {
  peer!: Peer;
}

/** The client connections of one shard. */
export class Connections implements RequestHandler {
  private readonly options: ConnectionsOptions;
  private readonly open = new Set<ServedConnection>();
  private readonly ready = new Set<Connection>();
  /** Connections whose next request waits for another to be answered: too many are under way. Oldest first. */
  private readonly held = new Set<Connection>();
  private underWay = 0;
  private nowTickMs: number;
  private isFlushing = false;

  constructor(options: ConnectionsOptions) {
    this.options = options;
    this.nowTickMs = options.clock.monotonicMs();
  }

  get size(): number {
    return this.open.size;
  }

  /** Whether another shard has fewer connections. */
  isOverShare(shards: number): boolean {
    return this.options.counts.isOverShare(shards);
  }

  leave(client: string): void {
    this.options.counts.leave(client);
  }

  /** Counts a connection in. False: there are too many. */
  enter(client: string): boolean {
    const { counts, metrics, logger } = this.options;
    const limit = counts.enter(client);
    if (limit === undefined) return true;
    metrics.add('refusedConnections', 1);
    logger.debug({ client, limit }, 'a connection over the limit was closed');
    return false;
  }

  /** A connection came; null closes it at once, for there are too many. */
  accept(
    transport: Transport,
    settings: ConnectionSettings,
    isCounted = false,
    moved?: MovedConnection,
  ): TransportEvents | null {
    const { metrics, moves, clock } = this.options;
    if (!isCounted && !this.enter(transport.remoteAddress)) return null;
    const connection = new ServedConnection(this.options.memory, this, settings);
    connection.transport = transport;
    connection.peer = {
      listenerName: settings.listenerName,
      host: transport.remoteAddress,
      principal: moved?.principal ?? 'User:ANONYMOUS',
      clientSoftwareName: moved?.clientSoftwareName ?? 'unknown',
      clientSoftwareVersion: moved?.clientSoftwareVersion ?? 'unknown',
      home: moves && new FetchHome(moves.self, moves.shards, moved ? clock.monotonicMs() + limits.homeForMs : 0),
      onClose: undefined,
    };
    this.open.add(connection);
    metrics.connectionOpened(settings.listenerName);
    return connection;
  }

  /** Requests started and not answered, those apart that may wait long. */
  get requestsUnderWay(): number {
    return this.underWay;
  }

  start(exchange: Exchange): boolean {
    const { dispatcher, metrics, pulse, requestsAtOnce } = this.options;
    const key = (exchange.bytes[exchange.start]! << 8) | exchange.bytes[exchange.start + 1]!;
    const counts = !longWaits.has(key);
    if (counts && this.underWay >= requestsAtOnce) {
      this.held.add(exchange.connection);
      return false;
    }
    const version = (exchange.bytes[exchange.start + 2]! << 8) | exchange.bytes[exchange.start + 3]!;
    exchange.apiKey = key;
    exchange.startedAtMs = this.nowTickMs;
    pulse.doing(activity.request + key);
    const started = dispatcher.start(exchange, exchange.connection as ServedConnection);
    pulse.doing(activity.waiting);
    if (!started) return false;
    metrics.countRequest(key, version);
    if (key === apiKey.Fetch) metrics.countFetchOf(exchange.isOfReplica, version);
    if (counts && !exchange.answered) {
      exchange.isCounted = true;
      this.underWay += 1;
    }
    return true;
  }

  finished(): void {
    this.underWay -= 1;
    if (this.held.size > 0) this.options.requestTurn();
  }

  replyReady(connection: Connection): void {
    this.ready.add(connection);
    this.options.requestTurn();
  }

  closed(connection: Connection, reason: string): void {
    const served = connection as ServedConnection;
    if (!this.open.delete(served)) return;
    this.ready.delete(connection);
    this.held.delete(connection);
    const { counts, metrics, logger } = this.options;
    counts.leave(served.transport.remoteAddress);
    metrics.connectionClosed(served.settings.listenerName);
    logger.debug({ client: served.transport.remoteAddress, reason }, 'a connection was closed');
    const { onClose } = served.peer;
    served.peer.onClose = undefined;
    onClose?.();
    this.options.requestTurn();
  }

  /** A connection goes to the shard that most of what it fetches lies on, unless that has more connections already. */
  quiet(connection: Connection): void {
    const { moves, counts, clock, metrics, logger } = this.options;
    const { peer, transport } = connection as ServedConnection;
    const to = moves === undefined || peer.home === undefined ? -1 : peer.home.elsewhere(clock.monotonicMs());
    if (moves === undefined || peer.home === undefined || to === -1 || !counts.mayGoTo(to)) return;
    const { remoteAddress: address } = transport;
    const fd = connection.takeOut();
    if (fd === null) {
      peer.home = undefined;
      return;
    }
    this.open.delete(connection as ServedConnection);
    this.ready.delete(connection);
    this.held.delete(connection);
    metrics.connectionClosed(peer.listenerName);
    logger.debug({ client: address, shard: to }, 'a connection goes to what it fetches');
    const { principal, clientSoftwareName, clientSoftwareVersion, home } = peer;
    const session = moves.takeSession(home.sessionId);
    const moved = { principal, clientSoftwareName, clientSoftwareVersion, session };
    moves.give({ fd, address, listener: peer.listenerName, to, moved });
  }

  sending({ apiKey: key, receivedAtMs, startedAtMs, isOfReplica }: Exchange): void {
    const { metrics } = this.options;
    const totalMs = this.nowTickMs - receivedAtMs;
    metrics.countTimes(key, totalMs, startedAtMs - receivedAtMs);
    if (key === apiKey.Fetch) {
      metrics.countTimes(isOfReplica ? fetchFollowerKey : fetchConsumerKey, totalMs, startedAtMs - receivedAtMs);
    }
  }

  /** The clock is read once a read, and once for all that a step of the turn sends. */
  nowMs(): number {
    if (!this.isFlushing) this.nowTickMs = this.options.clock.monotonicMs();
    return this.nowTickMs;
  }

  /** A step of every turn: sends the answers that became ready in it. */
  flush(): void {
    this.nowTickMs = this.options.clock.monotonicMs();
    this.isFlushing = true;
    for (const connection of this.ready) {
      this.ready.delete(connection);
      connection.flush();
    }
    this.releaseHeld();
    this.isFlushing = false;
  }

  /** Those that waited start what they can, and go to the end of the queue when that is not all. */
  private releaseHeld(): void {
    for (let left = this.held.size; left > 0 && this.underWay < this.options.requestsAtOnce; left--) {
      const [connection] = this.held;
      this.held.delete(connection!);
      connection!.proceed();
    }
  }

  /** Closes connections on which nothing moved for `connections.max.idle.ms`. */
  closeIdle(): void {
    const idleMs = this.options.idleMs();
    if (idleMs < 0) return;
    const now = this.options.clock.monotonicMs();
    for (const connection of [...this.open]) {
      if (now - connection.lastActiveMs > idleMs && connection.inFlightCount === 0) connection.destroy('idle');
    }
  }

  closeAll(): void {
    for (const connection of [...this.open]) connection.destroy('the broker shuts down');
  }
}
