import type { DirectoryId, NodeId, Offset, Uuid } from '../../base/brands.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { BrokerState, Endpoint, SupportedRange } from '../../metadata/image/states.ts';
import { hasDirectoryAssignment } from '../../metadata/record-versions.ts';
import { errorCode, errorName } from '../../protocol/errors.ts';
import type { BrokerHeartbeatResponse } from '../../protocol/generated/broker-heartbeat-response.js';
import type { BrokerRegistrationResponse } from '../../protocol/generated/broker-registration-response.js';
import type { ControllerRegistrationResponse } from '../../protocol/generated/controller-registration-response.js';
import { controllerRegistrationRequest } from './controller-registration.ts';
import type { Ask } from './to-controller.ts';

export interface BrokerRegistrationOptions {
  readonly nodeId: NodeId;
  readonly clusterId: string;
  /** New for every start of the process. */
  readonly incarnationId: Uuid;
  readonly endpoints: readonly Endpoint[];
  /** Of the controller that this node is too; null where it is none. */
  readonly controllerEndpoints: readonly Endpoint[] | null;
  readonly features: readonly SupportedRange[];
  readonly rack: string | null;
  readonly logDirs: readonly DirectoryId[];
  /** The epoch that a clean shutdown left behind, -1 for none: the predecessor's data is whole. */
  readonly previousBrokerEpoch: Offset;
  /** broker.heartbeat.interval.ms */
  readonly heartbeatIntervalMs: number;
  /** initial.broker.registration.timeout.ms */
  readonly registrationTimeoutMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ask: Ask;
  /** The image offset that all shards have acted on. */
  imageOffset(): Offset;
  /** Directories that went offline, and those that take no new replicas. */
  offlineLogDirs(): readonly DirectoryId[];
  cordonedLogDirs(): readonly DirectoryId[];
  /** False: no heartbeat now, so that the controller fences this broker (a shard is stuck). */
  mayHeartbeat(): boolean;
  /** The controller has taken this broker, in a new epoch: the offset of its registration. */
  registered?(): void;
  /** Clients may come. Called once. */
  unfenced(): void;
  /** The controller will never take this broker, or has not taken it in time. */
  refused(reason: string): void;
}

/** How long until a registration that failed is tried again. */
const registrationRetryMs = 100;
/** How long until the next heartbeat where the broker waits for an answer to act on: to be unfenced, to be let go. */
const eagerIntervalMs = 20;
const longestLeaveMs = 300_000;

/** Since when a heartbeat says which directories take no new replicas, and which are offline. */
const cordonedSince = 2;
const offlineSince = 1;
const keys = { brokerRegistration: 62, heartbeat: 63, controllerRegistration: 70 } as const;

type Phase = 'idle' | 'registering' | 'running' | 'leaving' | 'gone';

/** This node's life as a broker (KIP-631): registers, heartbeats, and leaves in order. */
export class BrokerRegistration {
  readonly #options: BrokerRegistrationOptions;
  #phase: Phase = 'idle';
  #epoch: Offset = -1;
  #wasUnfenced = false;
  #timer: Timer | null = null;
  #asking = false;
  /** Until then the broker asks to be fenced. */
  #isReady = false;
  /** What the heartbeat that is under way, or was last, said of that. */
  #saidReady = false;
  /** The epoch that the controller does not know any longer. */
  #isStale = false;
  #registrationLimit: Timer | null = null;
  #leaveLimit: Timer | null = null;
  #left: (() => void) | null = null;
  #silenceMs = 0;
  #leaveEndMs = 0;

  constructor(options: BrokerRegistrationOptions) {
    this.#options = options;
  }

  /** The epoch of the registration, -1 before there is one. It goes into the marker of a clean shutdown. */
  get epoch(): Offset {
    return this.#epoch;
  }

  start(): void {
    this.#phase = 'registering';
    const { clock, registrationTimeoutMs } = this.#options;
    this.#registrationLimit = clock.schedule(registrationTimeoutMs, () => {
      this.#refused(`no controller took its registration within ${registrationTimeoutMs} ms`);
    });
    const { controllerEndpoints } = this.#options;
    if (controllerEndpoints === null) this.#registerBroker();
    else this.#registerController(controllerEndpoints);
  }

  /** This broker may serve: its logs are found. Until now it asked to stay fenced. */
  ready(): void {
    this.#isReady = true;
    if (this.#phase === 'running' && !this.#asking) this.#heartbeatIn(0);
  }

  /**
   * A newer image is published here, with what it says of this broker. A broker that is missing in it, or is there by
   * another epoch, registers again: heartbeats would not tell before they are due. So does one whose log directories the
   * image could not take when it registered (KIP-858), once its metadata.version can.
   *
   * @returns whether the image is of a time after the registration.
   */
  imageChanged(own: BrokerState | undefined, metadataVersion: number): boolean {
    if (this.#phase !== 'running' || this.#isStale || this.#options.imageOffset() < this.#epoch) return false;
    const { incarnationId } = this.#options;
    const isKnown = own?.incarnationId === incarnationId && own.epoch === this.#epoch;
    const lacksLogDirs =
      own?.logDirs.length === 0 && this.#onlineLogDirs().length > 0 && hasDirectoryAssignment(metadataVersion);
    if (isKnown && !lacksLogDirs) return true;
    this.#becameStale(isKnown ? 'the image lacks its log directories' : 'it is not in the image');
    if (!this.#asking) this.#later(0, () => this.#registerBroker());
    return true;
  }

  /**
   * Asks the controller to take the leaderships away; `done` when it has let this broker go, or when nothing was heard
   * of it for `silenceMs`, or after five minutes as in Apache Kafka.
   */
  leave(silenceMs: number, done: () => void): void {
    const wasRunning = this.#phase === 'running';
    this.#phase = wasRunning ? 'leaving' : 'gone';
    if (!wasRunning) {
      this.close();
      done();
      return;
    }
    this.#left = done;
    this.#silenceMs = silenceMs;
    this.#leaveEndMs = this.#options.clock.monotonicMs() + longestLeaveMs;
    this.#limitSilence();
    if (!this.#asking) this.#heartbeatIn(0);
  }

  close(): void {
    this.#phase = 'gone';
    for (const timer of [this.#timer, this.#registrationLimit, this.#leaveLimit]) timer?.cancel();
    this.#timer = null;
  }

  #limitSilence(): void {
    this.#leaveLimit?.cancel();
    const { clock } = this.#options;
    const leftMs = Math.max(0, this.#leaveEndMs - clock.monotonicMs());
    this.#leaveLimit = clock.schedule(Math.min(this.#silenceMs, leftMs), () => this.#finish());
  }

  #onlineLogDirs(): DirectoryId[] {
    const offline = this.#options.offlineLogDirs();
    return this.#options.logDirs.filter((id) => !offline.includes(id));
  }

  #registerController(endpoints: readonly Endpoint[]): void {
    const request = controllerRegistrationRequest({ ...this.#options, endpoints });
    this.#ask(keys.controllerRegistration, request, (response) => {
      const code = (response as ControllerRegistrationResponse | null)?.errorCode ?? -1;
      // A cluster of an older metadata.version has no such registrations.
      if (code === 0 || code === errorCode.UNSUPPORTED_VERSION) this.#registerBroker();
      else this.#later(registrationRetryMs, () => this.#registerController(endpoints));
    });
  }

  #registerBroker(): void {
    const { nodeId, clusterId, incarnationId, endpoints, features, rack } = this.#options;
    const request = {
      brokerId: nodeId,
      clusterId,
      incarnationId,
      listeners: endpoints,
      features,
      rack,
      isMigratingZkBroker: false,
      logDirs: this.#onlineLogDirs(),
      previousBrokerEpoch: BigInt(this.#options.previousBrokerEpoch),
    };
    this.#ask(keys.brokerRegistration, request, (response) => {
      this.#registered(response as BrokerRegistrationResponse | null);
    });
  }

  #registered(response: BrokerRegistrationResponse | null): void {
    const { logger } = this.#options;
    const code = response?.errorCode ?? errorCode.REQUEST_TIMED_OUT;
    if (response !== null && code === 0) {
      this.#registrationLimit?.cancel();
      this.#epoch = Number(response.brokerEpoch);
      this.#isStale = false;
      if (this.#phase === 'registering') this.#phase = 'running';
      this.#options.registered?.();
      this.#heartbeat();
      return;
    }
    if (code === errorCode.INCONSISTENT_CLUSTER_ID || code === errorCode.UNSUPPORTED_VERSION) {
      this.#refused(errorName(code) ?? String(code));
      return;
    }
    logger.info({ error: errorName(code) }, 'registration of this broker is tried again');
    this.#later(registrationRetryMs, () => this.#registerBroker());
  }

  #refused(reason: string): void {
    this.close();
    this.#options.refused(reason);
  }

  #heartbeat(): void {
    const { heartbeatIntervalMs, mayHeartbeat } = this.#options;
    if (!mayHeartbeat()) {
      this.#heartbeatIn(heartbeatIntervalMs);
      return;
    }
    this.#saidReady = this.#isReady;
    const request = (version: number): object => this.#heartbeatRequest(version);
    this.#ask(keys.heartbeat, request, (response) =>
      this.#heartbeatAnswered(response as BrokerHeartbeatResponse | null),
    );
  }

  #heartbeatRequest(version: number): object {
    const { nodeId, imageOffset, offlineLogDirs, cordonedLogDirs } = this.#options;
    const isLeaving = this.#phase === 'leaving';
    return {
      brokerId: nodeId,
      brokerEpoch: BigInt(this.#epoch),
      currentMetadataOffset: BigInt(imageOffset()),
      wantFence: !this.#isReady && !isLeaving,
      wantShutDown: isLeaving,
      ...(version >= offlineSince ? { offlineLogDirs: offlineLogDirs() } : {}),
      ...(version >= cordonedSince ? { cordonedLogDirs: cordonedLogDirs() } : {}),
    };
  }

  #heartbeatAnswered(response: BrokerHeartbeatResponse | null): void {
    const { heartbeatIntervalMs } = this.#options;
    const code = response?.errorCode ?? errorCode.REQUEST_TIMED_OUT;
    if (code === errorCode.STALE_BROKER_EPOCH || code === errorCode.BROKER_ID_NOT_REGISTERED || this.#isStale) {
      if (this.#phase === 'leaving') {
        this.#finish();
        return;
      }
      if (!this.#isStale) this.#becameStale('the controller does not know it any longer');
      this.#registerBroker();
      return;
    }
    if (response === null || code !== 0) {
      this.#heartbeatIn(Math.min(registrationRetryMs, heartbeatIntervalMs));
      return;
    }
    if (this.#phase === 'leaving') {
      this.#limitSilence();
      if (response.shouldShutDown) this.#finish();
      else this.#heartbeatIn(eagerIntervalMs);
      return;
    }
    if (!response.isFenced && !this.#wasUnfenced) {
      this.#wasUnfenced = true;
      this.#options.unfenced();
    }
    const isAwaited = response.isFenced && this.#isReady;
    // It has become ready meanwhile: that is to be said at once.
    if (isAwaited && !this.#saidReady) this.#heartbeatIn(0);
    else this.#heartbeatIn(isAwaited ? Math.min(eagerIntervalMs, heartbeatIntervalMs) : heartbeatIntervalMs);
  }

  #becameStale(reason: string): void {
    this.#isStale = true;
    this.#options.logger.warn({ epoch: this.#epoch, reason }, 'this broker registers again');
  }

  #heartbeatIn(delayMs: number): void {
    this.#later(delayMs, () => this.#heartbeat());
  }

  #finish(): void {
    this.close();
    const left = this.#left;
    this.#left = null;
    left?.();
  }

  /** One request at a time; what comes after `close` is not looked at. */
  #ask(apiKey: number, request: Parameters<Ask>[1], answered: (response: object | null) => void): void {
    this.#asking = true;
    this.#options.ask(apiKey, request, (response) => {
      this.#asking = false;
      if (this.#phase === 'gone') return;
      answered(response);
    });
  }

  #later(delayMs: number, fire: () => void): void {
    this.#timer?.cancel();
    this.#timer = this.#options.clock.schedule(delayMs, () => {
      this.#timer = null;
      if (this.#phase !== 'gone') fire();
    });
  }
}
