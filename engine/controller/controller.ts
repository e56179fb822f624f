import type { LeaderEpoch, NodeId, Offset, TimestampMs } from '../base/brands.ts';
import type { Clock, Timer } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Random } from '../base/random.ts';
import type { MetadataImage } from '../metadata/image/metadata-image.ts';
import type { BrokerState, ImageChanges } from '../metadata/image/states.ts';
import { type MetadataRecord, recordKey } from '../metadata/metadata-record.ts';
import { metadataVersionFeature } from '../metadata/record-versions.ts';
import { apiKey } from '../protocol/api-table.ts';
import { encodeAnswer, isTooLong } from '../protocol/encode-answer.ts';
import { errorCode } from '../protocol/errors.ts';
import { ProtocolError } from '../protocol/protocol-error.ts';
import { Reader } from '../protocol/reader.ts';
import { Writer } from '../protocol/writer.ts';
import { abortRecords, bootstrapRecords } from './activation.ts';
import { type ApiCall, loadCall, loadedCall } from './api-calls.ts';
import { fenceBroker } from './broker-lifecycle.ts';
import { BrokerSessions } from './broker-sessions.ts';
import type { ConfigRules } from './config-rules.ts';
import type { ControllerSettings, Decision, DecisionContext } from './decision.ts';
import { balanceLeaders, electUncleanLeaders } from './leader-upkeep.ts';
import { controllerLimits } from './limits.ts';
import { appendRefusal, type ControllerLog } from './metadata-log.ts';
import { PartitionChanger } from './partition-changer.ts';
import { PeriodicTask } from './periodic-task.ts';
import { type IsListening, Suspects } from './suspects.ts';
import { WaitingRequests } from './waiting-requests.ts';

export interface ControllerOptions {
  readonly log: ControllerLog;
  /** Fed by the controller, which must be the only one to feed it. */
  readonly image: MetadataImage;
  readonly settings: ControllerSettings;
  readonly configs: ConfigRules;
  /** What formatting left to be written first into an empty log. */
  readonly bootstrap: readonly MetadataRecord[];
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** broker.session.timeout.ms */
  readonly sessionTimeoutMs: number;
  /** metadata.max.idle.interval.ms: a NoOp record after so long without records; 0 for never. */
  readonly maxIdleIntervalMs: number;
  /** Hears of the work, to count and time it. */
  readonly observer?: ControllerObserver;
  /** Without it a broker that died is missed when its session is over, and not before. */
  readonly isListening?: IsListening;
  /** The committed image moved. Whoever publishes it calls `published` with the offset when every shard has acted. */
  committed(changes: ImageChanges): void;
}

export interface ControllerObserver {
  /** A request that somebody made by a listener is answered. */
  answered(apiKey: number, response: object): void;
  /** Records were written, up to here; and committed, up to there. */
  appended(endOffset: Offset): void;
  committed(highWatermark: Offset): void;
  resigned(): void;
}

/** Who asks. */
export interface RequestContext {
  readonly principal: string;
  readonly clientId: string | null;
  /** The listener by which the request came. */
  readonly listener: string;
  /** The broker of this very process asks, not somebody who came by a listener. */
  readonly isOwnBroker?: boolean;
  /** Stands for the connection of a broker's heartbeat; see `connectionLost`. */
  readonly connection?: object;
}

/** A request's answer: the response body, without header. Null: the request could not be read, close the connection. */
export type Respond = (body: Uint8Array | null) => void;

/**
 * The controller: decides admin requests, writes the records, and answers when they are committed and every shard has
 * acted on them. It follows the metadata log as a listener, and so keeps the image, also where it does not lead.
 */
export class Controller {
  readonly #options: ControllerOptions;
  readonly #waiting: WaitingRequests;
  readonly #sessions: BrokerSessions;
  readonly #suspects: Suspects;
  readonly #tasks: readonly PeriodicTask[];
  /** Requests that wait for their codec and decision to be loaded. */
  #loading = 0;
  /** -1 while this node does not lead. */
  #epoch: LeaderEpoch = -1;
  #tick: Timer | null = null;
  #lastAppendMs = 0;

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#waiting = new WaitingRequests(options.clock);
    this.#sessions = new BrokerSessions(options.sessionTimeoutMs);
    this.#suspects = new Suspects({
      clock: options.clock,
      isListening: options.isListening ?? ((_broker, answered) => answered(true)),
      isSilent: (broker, sinceMs) => this.#isSilent(broker, sinceMs),
      gone: (broker) => this.#gone(broker),
    });
    const { balanceIntervalMs, uncleanElectionIntervalMs } = options.settings;
    this.#tasks = [
      new PeriodicTask(balanceIntervalMs, () => this.#appendChanges(balanceLeaders)),
      new PeriodicTask(uncleanElectionIntervalMs, () => this.#appendChanges(electUncleanLeaders)),
    ];
  }

  get isActive(): boolean {
    return this.#epoch !== -1;
  }

  /** Requests that are not answered. */
  get pendingRequests(): number {
    return this.#waiting.size + this.#loading;
  }

  /** Decides one request. `respond` is called once, in this or a later turn. */
  handle(apiKey: number, version: number, body: Uint8Array, context: RequestContext, respond: Respond): void {
    const call = loadedCall(apiKey);
    if (call !== undefined) {
      this.#run(call, version, body, context, respond);
      return;
    }
    // The body may lie in memory that is used again before the codec is there.
    const kept = body.slice();
    this.#loading++;
    loadCall(apiKey).then(
      (found) => {
        this.#loading--;
        if (found === null) respond(null);
        else this.#run(found, version, kept, context, respond);
      },
      (error: unknown) => {
        this.#loading--;
        this.#options.logger.error({ apiKey, error }, 'an api of the controller cannot be loaded');
        respond(null);
      },
    );
  }

  /** Every shard has acted on the image up to and including `imageOffset`. */
  published(imageOffset: Offset): void {
    this.#waiting.published(imageOffset);
  }

  /** A connection is gone by which a broker was heard of: it may have died. */
  connectionLost(connection: object): void {
    const id = this.#sessions.brokerOf(connection);
    const broker = id === null || !this.isActive ? undefined : this.#options.image.written.broker(id);
    if (broker?.fenced === false) this.#suspects.suspect(broker);
  }

  // What follows is the listener of the metadata log.

  replay(record: MetadataRecord, offset: Offset, _epoch: LeaderEpoch): void {
    this.#options.image.replay(record, offset);
  }

  committed(highWatermark: Offset, lastEpoch: LeaderEpoch, lastTimestampMs: TimestampMs): void {
    this.#options.observer?.committed(highWatermark);
    const changes = this.#options.image.commit(highWatermark, lastEpoch, lastTimestampMs);
    if (changes !== null) this.#options.committed(changes);
  }

  beginSnapshot(): void {
    this.#options.image.beginSnapshot();
  }

  endSnapshot(id: { readonly offset: Offset; readonly epoch: LeaderEpoch }, lastTimestampMs: TimestampMs): void {
    this.#options.committed(this.#options.image.endSnapshot(id.offset, id.epoch, lastTimestampMs));
  }

  leaderChanged(_leaderId: NodeId, _epoch: LeaderEpoch): void {
    // Who leads is asked of the log when it matters.
  }

  becameLeader(epoch: LeaderEpoch): void {
    const { image, bootstrap, clock, logger } = this.#options;
    this.#epoch = epoch;
    if (image.inTransaction) this.#append(abortRecords());
    if (image.written.featureLevel(metadataVersionFeature) === 0) {
      this.#append(bootstrapRecords(this.#context(0), bootstrap));
      logger.info({ epoch, records: bootstrap.length }, 'the metadata log was empty: bootstrap records written');
    }
    const nowMs = clock.monotonicMs();
    this.#lastAppendMs = nowMs;
    this.#sessions.activate(
      [...image.written.brokers()].map(([, broker]) => broker),
      nowMs,
    );
    for (const task of this.#tasks) task.start(nowMs);
    // Who led before this node may have died as a broker too, and has no connection to it that could be lost.
    for (const [id, broker] of image.written.brokers()) {
      if (!broker.fenced && id !== this.#options.settings.nodeId) this.#suspects.suspect(broker);
    }
    this.#scheduleTick();
  }

  resigned(_epoch: LeaderEpoch): void {
    this.#epoch = -1;
    this.#suspects.close();
    this.#tick?.cancel();
    this.#tick = null;
    this.#options.observer?.resigned();
    this.#options.image.drop();
    this.#waiting.resigned();
  }

  snapshotRecords(): Iterator<MetadataRecord> {
    return this.#options.image.snapshotRecords();
  }

  close(): void {
    this.#suspects.close();
    this.#tick?.cancel();
    this.#tick = null;
    this.#waiting.resigned();
  }

  #run(call: ApiCall, version: number, body: Uint8Array, from: RequestContext, respond: Respond): void {
    const { logger } = this.#options;
    let request: never;
    try {
      request = call.request.decode(new Reader(body), version) as never;
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      logger.warn({ ...from, version, error: error.message }, 'a request to the controller cannot be read');
      respond(null);
      return;
    }
    const refuse = (code: number) =>
      respond(this.#encode(call, call.refuse(request, code, null, version), version, from));
    if (!this.isActive) {
      refuse(errorCode.NOT_CONTROLLER);
      return;
    }
    const timeoutMs = call.timeoutMs(request);
    if (timeoutMs <= 0 || this.pendingRequests >= controllerLimits.waitingRequests) {
      refuse(errorCode.REQUEST_TIMED_OUT);
      return;
    }
    this.#decide(call, version, request, from, timeoutMs, respond);
  }

  /** Null where no answer can be written: bytes of the client's that were no UTF-8 grew when they were read. */
  #encode(call: ApiCall, response: object, version: number, from: RequestContext): Uint8Array | null {
    const { logger, observer } = this.#options;
    if (from.isOwnBroker !== true) observer?.answered(call.apiKey, response);
    const writer = new Writer();
    try {
      encodeAnswer(call.response, writer, response, version);
    } catch (error) {
      const message = 'an answer of the controller cannot be written';
      if (isTooLong(error)) logger.warn({ ...from, version, error: error.message }, message);
      else logger.error({ ...from, version, error }, message);
      return null;
    }
    return writer.toBytes();
  }

  #decide(
    call: ApiCall,
    version: number,
    request: never,
    from: RequestContext,
    timeoutMs: number,
    respond: Respond,
  ): void {
    const send = (response: object) => respond(this.#encode(call, response, version, from));
    const refuse = (code: number) => send(call.refuse(request, code, null, version));
    let response: object;
    try {
      // Directories are locked, so this node's broker cannot be running twice: its predecessor is not waited for. Who
      // claims its id from elsewhere is a duplicate.
      if (from.isOwnBroker === true && call.apiKey === apiKey.BrokerRegistration) {
        this.#sessions.end(this.#options.settings.nodeId);
      }
      const decision = this.#tryDecide(call, version, request, from);
      if (decision === null) {
        respond(null);
        return;
      }
      this.#appendDecision(decision, from.connection);
      response = decision.response;
    } catch (error) {
      const refusal = appendRefusal(error);
      if (refusal === null) throw error;
      // Of a decision in several batches some may be written: they are as good as an answer that was lost.
      refuse(refusalCodes[refusal]);
      return;
    }
    // Also a refusal waits: it may rest on records that are not committed yet.
    this.#waiting.wait(this.#options.log.endOffset() - 1, timeoutMs, (end) => {
      if (end === 'published') send(response);
      else refuse(end === 'timed-out' ? errorCode.REQUEST_TIMED_OUT : errorCode.NOT_CONTROLLER);
    });
  }

  /** Null where deciding failed, which changes nothing: it costs one request, not the node. */
  #tryDecide(call: ApiCall, version: number, request: never, from: RequestContext): Decision<object> | null {
    try {
      return call.decide(this.#context(version), request);
    } catch (error) {
      this.#options.logger.error({ ...from, version, error }, 'a request to the controller could not be decided');
      return null;
    }
  }

  #context(version: number): DecisionContext {
    const { image, configs, settings, random, log, clock } = this.#options;
    return {
      image: image.written,
      configs,
      settings,
      sessions: this.#sessions,
      random,
      ...(log.kraftVersion === undefined ? {} : { kraftVersion: log.kraftVersion }),
      kraftUpgradeRefusal: (level) => log.kraftUpgradeRefusal?.(level) ?? null,
      nextOffset: log.endOffset(),
      nowMs: clock.monotonicMs(),
      version,
    };
  }

  #appendDecision({ records, atomic, contact, kraftVersion }: Decision<object>, connection?: object): void {
    if (kraftVersion !== undefined) this.#options.log.upgradeKraftVersion?.(this.#epoch, kraftVersion);
    const step = atomic ? records.length : controllerLimits.recordsPerBatch;
    for (let i = 0; i < records.length; i += step) this.#append(records.slice(i, i + step));
    const { log, clock } = this.#options;
    if (contact !== undefined) this.#sessions.heard(contact, log.endOffset() - 1, clock.monotonicMs(), connection);
  }

  /** A decision that nobody asked for. */
  #appendChanges<T>(decide: (changer: PartitionChanger) => T): T {
    const changer = new PartitionChanger(this.#context(0));
    const decided = decide(changer);
    this.#appendDecision({ records: changer.records, atomic: false, response: {} });
    return decided;
  }

  #append(records: readonly MetadataRecord[]): void {
    if (records.length === 0) return;
    this.#options.log.append(this.#epoch, records);
    this.#options.observer?.appended(this.#options.log.endOffset());
    this.#lastAppendMs = this.#options.clock.monotonicMs();
  }

  #scheduleTick(): void {
    const { clock, image, sessionTimeoutMs, maxIdleIntervalMs } = this.#options;
    const idle = maxIdleIntervalMs > 0 ? maxIdleIntervalMs : Number.POSITIVE_INFINITY;
    const nowMs = clock.monotonicMs();
    const expiry = this.#sessions.msToExpiry(image.written, nowMs) + 1;
    const due = Math.max(0, Math.min(...this.#tasks.map(({ dueMs }) => dueMs)) - nowMs);
    this.#tick = clock.schedule(Math.min(sessionTimeoutMs / 4, idle, expiry, due), () => {
      this.#tick = null;
      if (!this.isActive) return;
      this.#onTick(clock.monotonicMs());
      if (this.isActive) this.#scheduleTick();
    });
  }

  /** Fences the brokers that fell silent; elects where it is time to; writes a NoOp record where nothing else was written (KIP-835). */
  #onTick(nowMs: number): void {
    const { image, maxIdleIntervalMs } = this.#options;
    try {
      // One after the other: who fell silent first leaves first, and the next is decided on what that made.
      for (;;) {
        const broker = this.#sessions.firstExpired(image.written, nowMs);
        if (broker === null) break;
        this.#fence(broker, 'its session has timed out');
      }
      for (const task of this.#tasks) task.runIfDue(nowMs);
      const idleMs = nowMs - this.#lastAppendMs;
      // A timer may fire a little early by another clock's reckoning.
      if (maxIdleIntervalMs > 0 && idleMs >= maxIdleIntervalMs * 0.9) {
        this.#append([{ apiKey: recordKey.noOp, version: 0, message: {} }]);
      }
    } catch (error) {
      this.#notWritten(error);
    }
  }

  #isSilent({ id, epoch }: BrokerState, sinceMs: number): boolean {
    const broker = this.isActive ? this.#options.image.written.broker(id) : undefined;
    return broker?.fenced === false && broker.epoch === epoch && this.#sessions.isSilentSince(broker, sinceMs);
  }

  /** The broker's process is not there: its successor may come at once. */
  #gone(broker: BrokerState): void {
    this.#sessions.end(broker.id);
    try {
      this.#fence(broker, 'nobody listens where it should');
    } catch (error) {
      this.#notWritten(error);
    }
  }

  #fence(broker: BrokerState, why: string): void {
    this.#options.logger.warn({ brokerId: broker.id, why }, 'fencing a broker');
    this.#appendChanges((changer) => fenceBroker(changer, broker));
  }

  #notWritten(error: unknown): void {
    const refusal = appendRefusal(error);
    if (refusal === null) throw error;
    this.#options.logger.warn({ refusal }, 'the controller could not write; it tries again at its next tick');
  }
}

const refusalCodes = {
  'not-leader': errorCode.NOT_CONTROLLER,
  'too-large': errorCode.POLICY_VIOLATION,
  backlogged: errorCode.REQUEST_TIMED_OUT,
} as const;
