import { assert } from '../../base/assert.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import { rpcLimits } from '../../base/limits.ts';
import type { RequestSender } from '../../base/request-sender.ts';
import type { Transport, TransportEvents } from '../../base/transport.ts';
import { apiRow } from '../../protocol/api-table.ts';
import { encodeRequestHeader } from '../../protocol/generated/request-header.js';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import { Reader } from '../../protocol/reader.ts';
import { Writer } from '../../protocol/writer.ts';
import { FrameAssembler } from './frame-assembler.ts';

export interface RpcClientOptions {
  /** Makes a connection; where it cannot be made, `events.closed` is called and `connected` never is. */
  readonly connect: (events: TransportEvents, connected: () => void) => Transport;
  readonly clock: Clock;
  readonly clientId: string;
  /** A response over this ends the connection. */
  readonly maxResponseBytes: number;
  /**
   * Answers up to this size lie in one memory, and each is there until the next comes: for who sends a request when done
   * with the answer before. 0, unless given: each is its receiver's own.
   */
  readonly keptAnswerBytes?: number;
}

/** The response's body without header; null: unanswered, and whether the peer acted on the request is not known. */
export type Answered = (answer: Uint8Array | null) => void;

interface Call {
  readonly apiKey: number;
  readonly version: number;
  readonly body: Uint8Array;
  readonly answered: Answered;
  readonly timer: Timer;
}

/**
 * Requests to one node over one connection, which is made with the first of them, and again with the first after it was
 * lost; after a failure not at once. Requests are sent one behind the other and answered in their order. Which versions
 * the node takes is for callers to know.
 */
export class RpcClient implements RequestSender {
  readonly #options: RpcClientOptions;
  #connection: Connection | null = null;
  /** Not yet on a connection: one is being made, or is not to be tried yet. */
  #queue = new Set<Call>();
  #retry: Timer | null = null;
  /** A machine that is gone says nothing, and the kernel asks it for minutes, ever more rarely. */
  #setUpLimit: Timer | null = null;
  #failures = 0;
  #isClosed = false;

  constructor(options: RpcClientOptions) {
    this.#options = options;
  }

  /**
   * Sends `body` behind a header. `answered` is called once, never within this call: with null where the connection
   * drops or is refused, the response is too large or none of this request's, or `timeoutMs` passes. A time-out ends
   * the connection, and with it what was sent behind the request: answers come in order.
   */
  send(apiKey: number, version: number, body: Uint8Array, timeoutMs: number, answered: Answered): void {
    const { clock } = this.#options;
    const isFull = this.#queue.size + (this.#connection?.size ?? 0) >= rpcLimits.pendingRequests;
    if (this.#isClosed || isFull) {
      clock.schedule(0, () => answered(null));
      return;
    }
    const timer = clock.schedule(timeoutMs, () => this.#timedOut(call));
    const call: Call = { apiKey, version, body, answered, timer };
    if (this.#connection?.isOpen === true) {
      this.#connection.send(call);
      return;
    }
    this.#queue.add(call);
    if (this.#connection === null && this.#retry === null) this.#connect();
  }

  /** What is under way is answered null. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#retry?.cancel();
    this.#retry = null;
    this.#setUpLimit?.cancel();
    const connection = this.#connection;
    this.#connection = null;
    connection?.drop();
    this.#giveUp([...this.#takeQueue(), ...(connection?.takePending() ?? [])]);
  }

  #connect(): void {
    const connection: Connection = new Connection(this.#options, {
      opened: () => {
        this.#setUpLimit?.cancel();
        for (const call of this.#takeQueue()) connection.send(call);
      },
      answered: (call, answer) => {
        this.#failures = 0;
        call.timer.cancel();
        call.answered(answer);
      },
      lost: () => this.#lost(connection),
    });
    this.#connection = connection;
    connection.open();
    this.#setUpLimit?.cancel();
    this.#setUpLimit = this.#options.clock.schedule(rpcLimits.connectMs, () => {
      if (connection.isOpen || this.#connection !== connection) return;
      connection.drop();
      this.#lost(connection);
    });
  }

  #lost(connection: Connection): void {
    if (this.#connection !== connection) return;
    this.#connection = null;
    this.#backOff();
    const pending = connection.takePending();
    this.#giveUp(connection.isOpen ? pending : [...pending, ...this.#takeQueue()]);
  }

  /** A peer that has answered since the last failure is tried again at once. */
  #backOff(): void {
    const { reconnectBackoffMs, reconnectBackoffMaxMs } = rpcLimits;
    const delayMs = this.#failures === 0 ? 0 : reconnectBackoffMs * 2 ** Math.min(10, this.#failures - 1);
    this.#failures++;
    this.#retry = this.#options.clock.schedule(Math.min(delayMs, reconnectBackoffMaxMs), () => {
      this.#retry = null;
      if (this.#queue.size > 0) this.#connect();
    });
  }

  #timedOut(call: Call): void {
    if (this.#queue.delete(call)) {
      call.answered(null);
      return;
    }
    const connection = this.#connection;
    if (connection === null || !connection.has(call)) return;
    connection.drop();
    this.#lost(connection);
  }

  #takeQueue(): Call[] {
    const calls = [...this.#queue];
    this.#queue.clear();
    return calls;
  }

  #giveUp(calls: readonly Call[]): void {
    for (const call of calls) call.timer.cancel();
    for (const call of calls) call.answered(null);
  }
}

interface ConnectionEvents {
  opened(): void;
  answered(call: Call, answer: Uint8Array): void;
  lost(): void;
}

/** One connection's life: what is sent on it and not yet answered. */
class Connection implements TransportEvents {
  readonly #options: RpcClientOptions;
  readonly #events: ConnectionEvents;
  readonly #landing = new Uint8Array(rpcLimits.landingBytes);
  readonly #frames: FrameAssembler;
  #landsInFrame = false;
  readonly #pending = new Map<number, Call>();
  #transport: Transport | null = null;
  #correlation = 0;
  /** It stood once. */
  isOpen = false;
  #isOver = false;

  constructor(options: RpcClientOptions, events: ConnectionEvents) {
    this.#options = options;
    this.#events = events;
    this.#frames = new FrameAssembler(options.maxResponseBytes, (frame) => this.#received(frame), {
      keptBytes: options.keptAnswerBytes,
      // Nothing was asked: what comes is no answer, and the last one may be in use.
      isExpected: () => this.#pending.size > 0,
    });
  }

  get size(): number {
    return this.#pending.size;
  }

  has(call: Call): boolean {
    for (const each of this.#pending.values()) if (each === call) return true;
    return false;
  }

  open(): void {
    this.#transport = this.#options.connect(this, () => {
      if (this.#isOver) return;
      this.isOpen = true;
      this.#events.opened();
    });
  }

  send(call: Call): void {
    const transport = this.#transport;
    assert(transport !== null, 'a connection is open before it is written to');
    const correlationId = this.#correlation;
    this.#correlation = (correlationId + 1) & 0x7fffffff;
    this.#pending.set(correlationId, call);
    const header = this.#header(call, correlationId);
    transport.cork();
    transport.write(header);
    transport.write(call.body);
    transport.uncork();
  }

  /** Ends it without telling. */
  drop(): void {
    this.#isOver = true;
    this.#transport?.destroy();
  }

  takePending(): Call[] {
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    return calls;
  }

  #header({ apiKey, version, body }: Call, correlationId: number): Uint8Array {
    const row = apiRow(apiKey);
    assert(row !== undefined, `there is no api with key ${apiKey}`);
    const writer = new Writer();
    writer.int32(0);
    const fields = {
      requestApiKey: apiKey,
      requestApiVersion: version,
      correlationId,
      clientId: this.#options.clientId,
    };
    encodeRequestHeader(writer, fields, row.requestHeaderVersion(version));
    const bytes = writer.toBytes();
    new DataView(bytes.buffer, bytes.byteOffset).setInt32(0, bytes.length - 4 + body.length);
    return bytes;
  }

  #received(frame: Uint8Array) {
    if (this.#isOver) return;
    const [oldest] = this.#pending;
    const reader = new Reader(frame);
    const correlationId = reader.int32();
    if (oldest === undefined || oldest[0] !== correlationId) return this.#fail();
    const [, call] = oldest;
    try {
      if (apiRow(call.apiKey)?.responseHeaderVersion(call.version) === 1) reader.skipTags();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return this.#fail();
    }
    this.#pending.delete(correlationId);
    this.#events.answered(call, frame.subarray(reader.position));
  }

  #fail(): void {
    if (this.#isOver) return;
    this.drop();
    this.#events.lost();
  }

  // What the transport tells

  /** A large answer lands where it stays; all else in the connection's own place. */
  landing(): Uint8Array {
    const inFrame = this.#frames.landing(rpcLimits.landingBytes);
    this.#landsInFrame = inFrame !== null;
    return inFrame ?? this.#landing;
  }

  received(length: number): void {
    if (this.#isOver) return;
    if (this.#landsInFrame) this.#frames.landed(length);
    else if (!this.#frames.take(this.#landing.subarray(0, length))) this.#fail();
  }

  ended(): void {
    this.#fail();
  }

  closed(_error: Error | undefined): void {
    this.#fail();
  }
}
