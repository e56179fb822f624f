import { setImmediate } from 'node:timers';
import type { Listener } from '../base/transport.ts';
import { systemClock } from '../io/clock.ts';
import { listen } from '../io/net/listener.ts';
import { ControllerListener } from '../node/controller-listener/controller-listener.ts';
import type { ControllerServices } from '../node/controller-listener/controller-services.ts';
import type { Metrics } from '../node/metrics.ts';

const idleCheckMs = 1000;

/** The sockets of the controller's listeners, which the coordinator serves itself. */
export class ControllerSockets {
  private readonly services: ControllerServices;
  private readonly served: ControllerListener;
  private listeners: readonly Listener[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(services: ControllerServices, metrics: Metrics, fatal: (error: unknown) => void) {
    this.services = services;
    this.served = new ControllerListener({ services, clock: systemClock, defer: setImmediate, metrics, fatal });
  }

  /** Rejects with BindError. */
  async listen(): Promise<void> {
    const { config, logger } = this.services;
    this.listeners = await Promise.all(
      config.controllerListeners.map(({ listener, host, port }) =>
        listen({
          host,
          port,
          accept: (transport) => this.served.accept(transport, listener),
          failed: (error) => logger.warn({ err: error, listener }, 'a connection could not be accepted'),
        }),
      ),
    );
    this.timer = setInterval(() => this.served.tick(), idleCheckMs);
  }

  close(): void {
    clearInterval(this.timer);
    for (const listener of this.listeners) listener.close(() => {});
    this.listeners = [];
    this.served.close();
  }
}
