import type { Clock } from '../../base/clock.ts';
import { controllerListenerLimits } from '../../base/limits.ts';
import type { Transport, TransportEvents } from '../../base/transport.ts';
import { Dispatcher } from '../../broker/dispatch.ts';
import { ConnectionCounts } from '../../net/connection-counts.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import { Connections } from '../connections.ts';
import type { Metrics } from '../metrics.ts';
import { Pulse } from '../pulse.ts';
import type { ControllerServices } from './controller-services.ts';
import { controllerTable } from './controller-table.ts';
import { HeapIngress } from './heap-ingress.ts';

export interface ControllerListenerOptions {
  readonly services: ControllerServices;
  readonly clock: Clock;
  /** Runs a function after the events at hand. */
  readonly defer: (run: () => void) => void;
  readonly fatal: (error: unknown) => void;
  /** Counters of this thread. */
  readonly metrics: Metrics;
}

/**
 * The connections of the controller's listeners. They follow the brokers' limits of size, number, idleness and requests
 * at once, each counted by itself: what clients do to a broker's listeners leaves the controller reachable.
 */
export class ControllerListener {
  readonly memory: HeapIngress;
  private readonly options: ControllerListenerOptions;
  private readonly connections: Connections;
  private isTurnDue = false;

  constructor(options: ControllerListenerOptions) {
    this.options = options;
    const { services, clock } = options;
    const { values, maxConnectionsPerIpOverrides } = services.config;
    const requestTurn = (): void => this.requestTurn();
    this.memory = new HeapIngress(values.number('queued.max.request.bytes'), requestTurn);
    const table = controllerTable(services, options.metrics);
    this.connections = new Connections({
      memory: this.memory,
      dispatcher: new Dispatcher({
        rows: table.rows,
        logger: services.logger,
        apiVersionsKey: apiKey.ApiVersions,
        answerUnsupportedApiVersions: table.answerUnsupportedApiVersions,
      }),
      clock,
      logger: services.logger,
      metrics: options.metrics,
      counts: new ConnectionCounts(ConnectionCounts.allocate(1), 0, () => ({
        maxConnections: values.number('max.connections'),
        maxConnectionsPerIp: values.number('max.connections.per.ip'),
        perIpOverrides: maxConnectionsPerIpOverrides,
        ceiling: controllerListenerLimits.connections,
      })),
      pulse: new Pulse(Pulse.allocate(1), 0),
      requestsAtOnce: values.number('queued.max.requests'),
      idleMs: () => values.number('connections.max.idle.ms'),
      requestTurn,
    });
  }

  get size(): number {
    return this.connections.size;
  }

  accept(transport: Transport, listenerName: string): TransportEvents | null {
    const requestMaxBytes = this.options.services.config.values.number('socket.request.max.bytes');
    return this.connections.accept(transport, { requestMaxBytes, listenerName });
  }

  /** What time alone brings about; called about once a second. */
  tick(): void {
    this.connections.closeIdle();
  }

  close(): void {
    this.connections.closeAll();
  }

  private requestTurn(): void {
    if (this.isTurnDue) return;
    this.isTurnDue = true;
    this.options.defer(() => {
      this.isTurnDue = false;
      try {
        this.connections.flush();
        this.memory.retryWaiting();
      } catch (error) {
        this.options.fatal(error);
      }
    });
  }
}
