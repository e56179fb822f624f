import type { NodeId } from '../../base/brands.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Random } from '../../base/random.ts';
import type { OwnController } from './channel-requests.ts';
import { ControllerChannel, type ControllerNode } from './controller-channel.ts';
import type { RpcConnection } from './controller-connection.ts';
import { ToController } from './to-controller.ts';

export interface WaysOptions {
  readonly nodeId: NodeId;
  readonly softwareVersion: string;
  /** broker.session.timeout.ms */
  readonly sessionTimeoutMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly own: OwnController;
  /** Who leads the quorum as far as this node knows, -1 for none. */
  leaderId(): NodeId;
  /** Where a controller is reached; undefined where that is not known (yet). */
  nodeOf(id: NodeId): ControllerNode | undefined;
  connect(node: ControllerNode, clientId: string): RpcConnection;
  failed(error: unknown): void;
}

/** A broker's ways to the active controller, each over a connection of its own, made when it is first needed. */
export function createWays(options: WaysOptions): ToController {
  const { nodeId, sessionTimeoutMs, clock, logger, own } = options;
  const channel = (purpose: string): ControllerChannel =>
    new ControllerChannel({
      ...options,
      leaderId: () => options.leaderId(),
      nodeOf: (id) => options.nodeOf(id),
      isOwnActive: () => own.isActive(),
      connect: (node) => options.connect(node, `broker-${nodeId}-${purpose}`),
    });
  return new ToController({
    heartbeats: channel('heartbeat'),
    forwarding: channel('forwarding'),
    replication: channel('alter-partition'),
    own,
    context: { principal: 'User:ANONYMOUS', clientId: `broker-${nodeId}`, listener: '', isOwnBroker: true },
    // As in Apache Kafka: a heartbeat that takes longer is worth less than the next one.
    heartbeatMs: sessionTimeoutMs / 2,
    clock,
    logger,
    failed: (error) => options.failed(error),
  });
}
