import type { NodeId, Uuid } from '../../base/brands.ts';
import type { Clock, Timer } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { ControllerState, Endpoint, SupportedRange } from '../../metadata/image/states.ts';
import { errorCode, errorName } from '../../protocol/errors.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import type { ControllerRegistrationResponse } from '../../protocol/generated/controller-registration-response.js';
import type { Ask } from './to-controller.ts';

export interface ControllerRegistrationOptions {
  readonly nodeId: NodeId;
  /** New for every start of the process. */
  readonly incarnationId: Uuid;
  readonly endpoints: readonly Endpoint[];
  readonly features: readonly SupportedRange[];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ask: Ask;
}

export function controllerRegistrationRequest({
  nodeId,
  incarnationId,
  endpoints,
  features,
}: Pick<ControllerRegistrationOptions, 'nodeId' | 'incarnationId' | 'endpoints' | 'features'>): object {
  return { controllerId: nodeId, incarnationId, zkMigrationReady: false, listeners: endpoints, features };
}

/** How long until a registration that failed is tried again. */
const retryMs = 100;

/** A controller that is no broker tells the active one where it is and what it can (KIP-919). */
export class ControllerRegistration {
  readonly #options: ControllerRegistrationOptions;
  #timer: Timer | null = null;
  #isAsking = false;
  #isClosed = false;

  constructor(options: ControllerRegistrationOptions) {
    this.#options = options;
  }

  /** The committed image, or what it says of this controller, is another: registers where it is not in it as it is. */
  imageChanged(own: ControllerState | undefined): void {
    if (own?.incarnationId === this.#options.incarnationId) {
      this.#timer?.cancel();
      this.#timer = null;
    } else if (!this.#isAsking && this.#timer === null) this.#register();
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  #register(): void {
    const { ask, logger } = this.#options;
    if (this.#isClosed) return;
    this.#isAsking = true;
    ask(apiKey.ControllerRegistration, controllerRegistrationRequest(this.#options), (response) => {
      this.#isAsking = false;
      const code = (response as ControllerRegistrationResponse | null)?.errorCode ?? errorCode.REQUEST_TIMED_OUT;
      if (code === errorCode.NONE) return;
      logger.info({ error: errorName(code) }, 'registration of this controller is tried again');
      this.#later();
    });
  }

  #later(): void {
    if (this.#isClosed) return;
    this.#timer = this.#options.clock.schedule(retryMs, () => {
      this.#timer = null;
      this.#register();
    });
  }
}
