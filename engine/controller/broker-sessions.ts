import type { NodeId, Offset } from '../base/brands.ts';
import type { WrittenView } from '../metadata/image/image-view.ts';
import type { BrokerState } from '../metadata/image/states.ts';
import { isActive } from './placement.ts';

/** What a heartbeat said of a broker, and what was decided on it. */
export interface BrokerContact {
  readonly brokerId: NodeId;
  readonly epoch: Offset;
  /** Up to where the broker has published the metadata log. */
  readonly metadataOffset: Offset;
  /** `leaving`: it waits to be let go. `gone`: it was, so its successor need not wait for the session's end. */
  readonly is: 'here' | 'leaving' | 'gone';
}

/** What decisions ask about the brokers' sessions. */
export interface SessionView {
  /** Whether that registration of the broker was heard of within a session. */
  isAlive(id: NodeId, epoch: Offset, nowMs: number): boolean;
  /** How far every broker that is active has published the metadata log; Infinity where there is none. */
  lowestActiveOffset(image: WrittenView): Offset;
  /** What every active broker must have published before the broker goes; -1 where it is not leaving. */
  shutdownOffset(id: NodeId): Offset;
}

interface Session {
  readonly epoch: Offset;
  lastContactMs: number;
  metadataOffset: Offset;
  shutdownOffset: Offset;
  /** By which the broker was heard of last; null where it needed none. */
  connection: object | null;
}

/**
 * When brokers were last heard of, and what they said. Not part of the image: a controller that becomes active believes
 * all unfenced brokers alive and gives each a whole session.
 */
export class BrokerSessions implements SessionView {
  readonly #sessions = new Map<NodeId, Session>();
  readonly #timeoutMs: number;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  activate(brokers: Iterable<BrokerState>, nowMs: number): void {
    this.#sessions.clear();
    for (const { id, epoch, fenced } of brokers) if (!fenced) this.#sessions.set(id, newSession(epoch, nowMs));
  }

  clear(): void {
    this.#sessions.clear();
  }

  /** `endOffset`: of the last record that was written for the heartbeat or before it. */
  heard(
    { brokerId, epoch, metadataOffset, is }: BrokerContact,
    endOffset: Offset,
    nowMs: number,
    connection: object | null = null,
  ): void {
    if (is === 'gone') {
      this.end(brokerId);
      return;
    }
    let session = this.#sessions.get(brokerId);
    if (session?.epoch !== epoch) {
      session = newSession(epoch, nowMs);
      this.#sessions.set(brokerId, session);
    }
    session.lastContactMs = nowMs;
    session.connection = connection;
    session.metadataOffset = metadataOffset;
    if (is === 'here') session.shutdownOffset = -1;
    else if (session.shutdownOffset === -1) session.shutdownOffset = endOffset;
  }

  end(id: NodeId): void {
    this.#sessions.delete(id);
  }

  isAlive(id: NodeId, epoch: Offset, nowMs: number): boolean {
    const session = this.#sessions.get(id);
    return session?.epoch === epoch && nowMs - session.lastContactMs <= this.#timeoutMs;
  }

  lowestActiveOffset(image: WrittenView): Offset {
    let lowest = Number.POSITIVE_INFINITY;
    for (const [id, broker] of image.brokers()) {
      if (!isActive(broker)) continue;
      const session = this.#sessions.get(id);
      lowest = Math.min(lowest, session?.epoch === broker.epoch ? session.metadataOffset : -1);
    }
    return lowest;
  }

  shutdownOffset(id: NodeId): Offset {
    return this.#sessions.get(id)?.shutdownOffset ?? -1;
  }

  /** Whether the registration was not heard of after that time. */
  isSilentSince({ id, epoch }: BrokerState, sinceMs: number): boolean {
    const session = this.#sessions.get(id);
    return session?.epoch !== epoch || session.lastContactMs <= sinceMs;
  }

  /** The broker that was last heard of by this connection; null for none. */
  brokerOf(connection: object): NodeId | null {
    for (const [id, session] of this.#sessions) if (session.connection === connection) return id;
    return null;
  }

  /** The unfenced broker whose session ended first, null while all are alive. */
  firstExpired(image: WrittenView, nowMs: number): BrokerState | null {
    const first = this.#longestSilent(image, nowMs);
    return first === null || this.isAlive(first.id, first.epoch, nowMs) ? null : first;
  }

  /** How long until a session ends if nobody is heard of. */
  msToExpiry(image: WrittenView, nowMs: number): number {
    const first = this.#longestSilent(image, nowMs);
    if (first === null) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#lastContactMs(first, nowMs) + this.#timeoutMs - nowMs);
  }

  #longestSilent(image: WrittenView, nowMs: number): BrokerState | null {
    let first: BrokerState | null = null;
    for (const [, broker] of image.brokers()) {
      if (broker.fenced) continue;
      if (first === null || this.#lastContactMs(broker, nowMs) < this.#lastContactMs(first, nowMs)) first = broker;
    }
    return first;
  }

  /** A registration that was never heard of begins its session now. */
  #lastContactMs({ id, epoch }: BrokerState, nowMs: number): number {
    let session = this.#sessions.get(id);
    if (session?.epoch !== epoch) {
      session = newSession(epoch, nowMs);
      this.#sessions.set(id, session);
    }
    return session.lastContactMs;
  }
}

function newSession(epoch: Offset, nowMs: number): Session {
  return { epoch, lastContactMs: nowMs, metadataOffset: -1, shutdownOffset: -1, connection: null };
}
