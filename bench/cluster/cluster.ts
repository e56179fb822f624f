/** Three nodes that are brokers and controllers, of ours or of the peer, with the same properties. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PreparedNode, prepareCluster } from '../../cli/cluster/prepare.ts';
import { freeRange } from '../../test/support/free-port.ts';
import type { Options } from '../options.ts';
import { classpath, flags, quietLog } from '../peer/apache.ts';
import { logRoot } from '../peer/node-properties.ts';
import { launch, type Target } from '../target.ts';
import { ClusterClient } from './cluster-client.ts';

export const clusterNodes = 3;

/** As the peer is for one node; three of them have to fit. */
const heap = ['-Xmx1G', '-Xms256M'];
const entry = join(import.meta.dirname, '../../bin/millrace.js');
/** Ports of the nodes, and of their metrics behind them. */
const portsWanted = 100 + 2 * clusterNodes;

export class BenchCluster {
  readonly name: 'ours' | 'peer';
  readonly nodes: readonly PreparedNode[];
  readonly client: ClusterClient;
  readonly #directory: string;
  readonly #targets = new Map<number, Target>();

  private constructor(name: 'ours' | 'peer', directory: string, nodes: readonly PreparedNode[]) {
    this.name = name;
    this.nodes = nodes;
    this.#directory = directory;
    this.client = new ClusterClient(new Map(nodes.map(({ nodeId, port }) => [nodeId, port])));
  }

  static async start(name: 'ours' | 'peer', options: Options): Promise<BenchCluster> {
    const directory = mkdtempSync(join(logRoot(options.logRoot), 'millrace-bench-'));
    const properties = {
      // Room for the next round is made by deleting the topic of the last one.
      'log.segment.delete.delay.ms': '100',
      'log.initial.task.delay.ms': '100',
      'millrace.metrics.listener': '',
      ...options.properties,
    };
    const { nodes } = await prepareCluster({
      directory,
      clean: false,
      asked: { brokers: clusterNodes, controllers: 0, basePort: await freeRange(portsWanted) },
      overrides: Object.entries(properties),
    });
    const cluster = new BenchCluster(name, directory, nodes);
    try {
      await Promise.all(nodes.map(({ nodeId }) => cluster.startNode(nodeId)));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** Resolves at its first answer. */
  async startNode(nodeId: number): Promise<void> {
    const node = this.nodes.find((each) => each.nodeId === nodeId)!;
    this.#targets.set(nodeId, await launch({ name: this.name, ...this.#command(node), ...node }));
  }

  targetOf(nodeId: number): Target {
    return this.#targets.get(nodeId)!;
  }

  get targets(): Target[] {
    return [...this.#targets.values()];
  }

  kill(nodeId: number): void {
    process.kill(this.targetOf(nodeId).pid, 'SIGKILL');
  }

  async stop(): Promise<void> {
    this.client.close();
    await Promise.all(this.targets.map((target) => target.stop(true)));
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #command({ file, directory }: PreparedNode): { readonly command: string; readonly args: readonly string[] } {
    if (this.name === 'ours') return { command: process.execPath, args: [entry, file] };
    const log = `${directory}.log4j2.properties`;
    writeFileSync(log, quietLog);
    const args = [...heap, ...flags, `-Dlog4j2.configurationFile=${log}`, '-cp', classpath(), 'kafka.Kafka', file];
    return { command: 'java', args };
  }
}
