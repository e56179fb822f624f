/** A cluster of real processes, with a proxy on every way between two of them. */
import { join } from 'node:path';
import { prepareCluster } from '../../cli/cluster/prepare.ts';
import { apacheKafkaClasspath, javaFlags } from '../support/apache-kafka.ts';
import { freeRange } from '../support/free-port.ts';
import { NodeProcess } from './node-process.ts';
import { Network } from './proxy/network.ts';

export type Program = 'millrace' | 'apache';

export interface ChaosClusterOptions {
  readonly nodes: number;
  /** What each node is, by its place; the last stands for all behind it. */
  readonly programs: readonly Program[];
  readonly directory: string;
  readonly properties?: Readonly<Record<string, string>>;
  /** Where a node keeps its logs, if not in a directory like the others'. */
  readonly logDirectory?: (nodeId: number) => string | undefined;
}

/** Two ports a node for clients and controllers, the distance to metrics, and three more a node behind proxies. */
const portsFor = (nodes: number) => 100 + 2 * nodes + 3 * nodes;
const stopTimeoutMs = 180_000;
const apacheHeapMb = 256;

/** What is noticed sooner than by default, so that a run sees more of it. */
const quick: Readonly<Record<string, string>> = {
  'broker.heartbeat.interval.ms': '500',
  'broker.session.timeout.ms': '3000',
  // Others may take long to start, where all do at once.
  'initial.broker.registration.timeout.ms': '600000',
  'replica.lag.time.max.ms': '4000',
  'replica.socket.timeout.ms': '3000',
  'replica.fetch.wait.max.ms': '200',
  'controlled.shutdown.enable': 'true',
  'offsets.topic.num.partitions': '3',
  'group.initial.rebalance.delay.ms': '0',
  'log.cleaner.dedupe.buffer.size': '2097152',
  'millrace.metrics.listener': '',
};

export class ChaosCluster {
  readonly nodes: readonly NodeProcess[];
  readonly network: Network;
  /** Data directories, by node id. */
  readonly directories: ReadonlyMap<number, string>;

  private constructor(nodes: readonly NodeProcess[], network: Network, directories: ReadonlyMap<number, string>) {
    this.nodes = nodes;
    this.network = network;
    this.directories = directories;
  }

  /** Formats the nodes and puts the proxies up; starts nothing yet. */
  static async make(options: ChaosClusterOptions): Promise<ChaosCluster> {
    const { nodes: count, directory } = options;
    const basePort = await freeRange(portsFor(count));
    const hidden = (nodeId: number) => basePort + 100 + 2 * count + 3 * (nodeId - 1);
    const prepared = await prepareCluster({
      directory,
      clean: false,
      asked: { brokers: count, controllers: 0, basePort },
      overrides: Object.entries({ ...quick, ...options.properties }),
      change: ({ nodeId, port, controllerPort }) => {
        const [controller, broker, brokerProxy] = [hidden(nodeId), hidden(nodeId) + 1, hidden(nodeId) + 2];
        const at = (name: string, at: number) => `${name}://127.0.0.1:${at}`;
        const logs = options.logDirectory?.(nodeId);
        return {
          listeners: [at('PLAINTEXT', port), at('BROKER', broker), at('CONTROLLER', controller)].join(','),
          'advertised.listeners': [
            at('PLAINTEXT', port),
            at('BROKER', brokerProxy),
            at('CONTROLLER', controllerPort),
          ].join(','),
          'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT',
          'inter.broker.listener.name': 'BROKER',
          ...(logs === undefined ? {} : { 'log.dirs': logs }),
        };
      },
    });
    const processes = prepared.nodes.map(({ nodeId, port, file }, index) => {
      const program = options.programs[Math.min(index, options.programs.length - 1)];
      const output = join(directory, `node-${nodeId}.out`);
      return new NodeProcess(nodeId, port, output, commandOf(program, file));
    });
    const network = new Network(() => pidsOf(processes));
    for (const { nodeId, controllerPort } of prepared.nodes) {
      await network.listen(controllerPort, nodeId, hidden(nodeId));
      await network.listen(hidden(nodeId) + 2, nodeId, hidden(nodeId) + 1);
    }
    const directories = prepared.nodes.map(
      ({ nodeId, directory: own }) => [nodeId, options.logDirectory?.(nodeId) ?? own] as const,
    );
    return new ChaosCluster(processes, network, new Map(directories));
  }

  /** Client ports, by node id. */
  get ports(): ReadonlyMap<number, number> {
    return new Map(this.nodes.map(({ nodeId, port }) => [nodeId, port]));
  }

  node(nodeId: number): NodeProcess {
    return this.nodes.find((node) => node.nodeId === nodeId)!;
  }

  start(): void {
    for (const node of this.nodes) node.start();
  }

  /** All at once, as a machine's shutdown does; answers the nodes that had to be killed. */
  async stop(): Promise<number[]> {
    const stopped = await Promise.all(this.nodes.map((node) => node.stop(stopTimeoutMs)));
    return this.nodes.filter((_, index) => !stopped[index]).map(({ nodeId }) => nodeId);
  }

  /** Ends everything, in whatever state it is. */
  async dispose(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    this.network.close();
  }
}

function pidsOf(nodes: readonly NodeProcess[]): Map<number, number> {
  const pids = new Map<number, number>();
  for (const { pid, nodeId } of nodes) if (pid !== undefined) pids.set(pid, nodeId);
  return pids;
}

function commandOf(program: Program, file: string): string[] {
  if (program === 'millrace') return [process.execPath, join(import.meta.dirname, '../../bin/millrace.js'), file];
  const classpath = apacheKafkaClasspath();
  if (classpath === null) throw new Error('Apache Kafka is not at hand');
  return ['java', ...javaFlags(apacheHeapMb), '-cp', classpath, 'kafka.Kafka', file];
}
