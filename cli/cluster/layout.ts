/** The nodes of a local cluster: their ids, roles, ports and properties. */

export interface ClusterShape {
  /** Nodes with the broker role. */
  readonly brokers: number;
  /** Nodes that are only controllers; 0: the brokers are controllers too. */
  readonly controllers: number;
  /** The first of the ports: each node has two, and another `metricsPortDistance` above the first. */
  readonly basePort: number;
}

export interface LocalNode {
  readonly nodeId: number;
  readonly isBroker: boolean;
  readonly isController: boolean;
  readonly port: number;
  readonly controllerPort: number;
}

export const clusterLimits = { nodes: 25 } as const;

const metricsPortDistance = 100;
const host = '127.0.0.1';

/** Brokers first, from 1; controllers behind them. */
export function layOut({ brokers, controllers, basePort }: ClusterShape): LocalNode[] {
  return Array.from({ length: brokers + controllers }, (_, index) => ({
    nodeId: index + 1,
    isBroker: index < brokers,
    isController: controllers === 0 || index >= brokers,
    port: basePort + 2 * index,
    controllerPort: basePort + 2 * index + 1,
  }));
}

/** Where clients find the cluster. */
export function bootstrapServers(nodes: readonly LocalNode[]): string {
  return nodes
    .filter(({ isBroker }) => isBroker)
    .map(({ port }) => `${host}:${port}`)
    .join(',');
}

/** `id@host:port:directory` of all controllers, as `--initial-controllers` takes it. */
export function initialControllers(nodes: readonly LocalNode[], directoryIds: ReadonlyMap<number, string>): string {
  return nodes
    .filter(({ isController }) => isController)
    .map(({ nodeId, controllerPort }) => `${nodeId}@${host}:${controllerPort}:${directoryIds.get(nodeId)}`)
    .join(',');
}

/** server.properties of one of the nodes. Replicas are three where there are so many brokers. */
export function nodeProperties(
  node: LocalNode,
  nodes: readonly LocalNode[],
  directory: string,
): Record<string, string> {
  const { isBroker, isController, nodeId, port, controllerPort } = node;
  const roles = [...(isBroker ? ['broker'] : []), ...(isController ? ['controller'] : [])];
  const listeners = [
    ...(isBroker ? [`PLAINTEXT://${host}:${port}`] : []),
    ...(isController ? [`CONTROLLER://${host}:${controllerPort}`] : []),
  ].join(',');
  const controllers = nodes.filter((each) => each.isController);
  const brokerCount = nodes.filter((each) => each.isBroker).length;
  const replicas = String(Math.min(3, brokerCount));
  const insync = String(Math.min(2, brokerCount));
  return {
    'process.roles': roles.join(','),
    'node.id': String(nodeId),
    'controller.quorum.bootstrap.servers': controllers.map((each) => `${host}:${each.controllerPort}`).join(','),
    'controller.listener.names': 'CONTROLLER',
    listeners,
    'advertised.listeners': listeners,
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    'log.dirs': directory,
    ...(isBroker
      ? {
          'inter.broker.listener.name': 'PLAINTEXT',
          'default.replication.factor': replicas,
          'min.insync.replicas': insync,
          'offsets.topic.replication.factor': replicas,
          'transaction.state.log.replication.factor': replicas,
          'transaction.state.log.min.isr': insync,
          'share.coordinator.state.topic.replication.factor': replicas,
          'share.coordinator.state.topic.min.isr': insync,
        }
      : {}),
    'millrace.metrics.listener': `http://${host}:${port + metricsPortDistance}`,
  };
}
