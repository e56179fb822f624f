import type { DirectoryId, NodeId, Offset, Uuid } from '../base/brands.ts';
import type { Clock, Timer } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Endpoint, SupportedRange } from '../metadata/image/states.ts';
import { errorCode, errorName } from '../protocol/errors.ts';
import type { BrokerHeartbeatResponse } from '../protocol/generated/broker-heartbeat-response.js';
import type { BrokerRegistrationResponse } from '../protocol/generated/broker-registration-response.js';
import type { ControllerRegistrationResponse } from '../protocol/generated/controller-registration-response.js';
import type { Ask } from './controller-client.ts';

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
  /** The controller will never take this broker. */
  refused(reason: string): void;
}

/** How long until a registration that failed is tried again. */
const registrationRetryMs = 100;
/** How long until the next heartbeat where the broker waits for an answer to act on: to be unfenced, to be let go. */
const eagerIntervalMs = 20;

const versions = { controllerRegistration: 0, brokerRegistration: 4, heartbeat: 2 } as const;
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
  #left: (() => void) | null = null;

  constructor(options: BrokerRegistrationOptions) {
    this.#options = options;
  }

  /** The epoch of the registration, -1 before there is one. It goes into the marker of a clean shutdown. */
  get epoch(): Offset {
    return this.#epoch;
  }

  start(): void {
    this.#phase = 'registering';
    const { controllerEndpoints } = this.#options;
    if (controllerEndpoints === null) this.#registerBroker();
    else this.#registerController(controllerEndpoints);
  }

  /**
   * Asks the controller to take the leaderships away; `done` when it has let this broker go, or after `timeoutMs`
   * without its having said so.
   */
  leave(timeoutMs: number, done: () => void): void {
    const wasRunning = this.#phase === 'running';
    this.#phase = wasRunning ? 'leaving' : 'gone';
    if (!wasRunning) {
      this.close();
      done();
      return;
    }
    const limit = this.#options.clock.schedule(timeoutMs, () => this.#finish());
    this.#left = () => {
      limit.cancel();
      done();
    };
    if (!this.#asking) this.#heartbeatIn(0);
  }

  close(): void {
    this.#phase = 'gone';
    this.#timer?.cancel();
    this.#timer = null;
  }

  #registerController(endpoints: readonly Endpoint[]): void {
    const { nodeId, incarnationId, features } = this.#options;
    const request = {
      controllerId: nodeId,
      incarnationId,
      zkMigrationReady: false,
      listeners: endpoints,
      features,
    };
    this.#ask(keys.controllerRegistration, versions.controllerRegistration, request, (response) => {
      const code = (response as ControllerRegistrationResponse | null)?.errorCode ?? -1;
      // A cluster of an older metadata.version has no such registrations.
      if (code === 0 || code === errorCode.UNSUPPORTED_VERSION) this.#registerBroker();
      else this.#later(registrationRetryMs, () => this.#registerController(endpoints));
    });
  }

  #registerBroker(): void {
    const { nodeId, clusterId, incarnationId, endpoints, features, rack, logDirs } = this.#options;
    const request = {
      brokerId: nodeId,
      clusterId,
      incarnationId,
      listeners: endpoints,
      features,
      rack,
      isMigratingZkBroker: false,
      logDirs,
      previousBrokerEpoch: BigInt(this.#options.previousBrokerEpoch),
    };
    this.#ask(keys.brokerRegistration, versions.brokerRegistration, request, (response) => {
      this.#registered(response as BrokerRegistrationResponse | null);
    });
  }

  #registered(response: BrokerRegistrationResponse | null): void {
    const { logger, refused } = this.#options;
    const code = response?.errorCode ?? errorCode.UNKNOWN_SERVER_ERROR;
    if (response !== null && code === 0) {
      this.#epoch = Number(response.brokerEpoch);
      this.#phase = 'running';
      this.#options.registered?.();
      this.#heartbeat();
      return;
    }
    if (code === errorCode.INCONSISTENT_CLUSTER_ID || code === errorCode.UNSUPPORTED_VERSION) {
      this.#phase = 'gone';
      refused(errorName(code) ?? String(code));
      return;
    }
    logger.info({ error: errorName(code) }, 'registration of this broker is tried again');
    this.#later(registrationRetryMs, () => this.#registerBroker());
  }

  #heartbeat(): void {
    const { nodeId, heartbeatIntervalMs } = this.#options;
    if (!this.#options.mayHeartbeat()) {
      this.#heartbeatIn(heartbeatIntervalMs);
      return;
    }
    const request = {
      brokerId: nodeId,
      brokerEpoch: BigInt(this.#epoch),
      currentMetadataOffset: BigInt(this.#options.imageOffset()),
      wantFence: false,
      wantShutDown: this.#phase === 'leaving',
      offlineLogDirs: this.#options.offlineLogDirs(),
      cordonedLogDirs: this.#options.cordonedLogDirs(),
    };
    this.#ask(keys.heartbeat, versions.heartbeat, request, (response) => {
      this.#heartbeatAnswered(response as BrokerHeartbeatResponse | null);
    });
  }

  #heartbeatAnswered(response: BrokerHeartbeatResponse | null): void {
    const { heartbeatIntervalMs, logger } = this.#options;
    const code = response?.errorCode ?? errorCode.UNKNOWN_SERVER_ERROR;
    if (code === errorCode.STALE_BROKER_EPOCH) {
      logger.warn({ epoch: this.#epoch }, 'the controller does not know this broker any longer: registering again');
      if (this.#phase === 'leaving') this.#finish();
      else this.#registerBroker();
      return;
    }
    if (response === null || code !== 0) {
      this.#heartbeatIn(Math.min(registrationRetryMs, heartbeatIntervalMs));
      return;
    }
    if (this.#phase === 'leaving') {
      if (response.shouldShutDown) this.#finish();
      else this.#heartbeatIn(eagerIntervalMs);
      return;
    }
    if (!response.isFenced && !this.#wasUnfenced) {
      this.#wasUnfenced = true;
      this.#options.unfenced();
    }
    this.#heartbeatIn(response.isFenced ? Math.min(eagerIntervalMs, heartbeatIntervalMs) : heartbeatIntervalMs);
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
  #ask(apiKey: number, version: number, request: object, answered: (response: object | null) => void): void {
    this.#asking = true;
    this.#options.ask(apiKey, version, request, (response) => {
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
