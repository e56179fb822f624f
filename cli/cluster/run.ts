/** Runs the nodes of a local cluster until they are told to stop. */
import { setTimeout as sleep } from 'node:timers/promises';
import { bootstrapServers } from './layout.ts';
import { NodeChild } from './node-child.ts';
import type { PreparedCluster, PreparedNode } from './prepare.ts';

export interface ClusterRun {
  /** The command that runs a node on its properties file. */
  readonly command: (node: PreparedNode) => readonly string[];
  /** Whether a line says that the node serves. */
  readonly serves: (line: string) => boolean;
  readonly say: (line: string) => void;
  /** Told to go on waiting no longer than this for a clean stop. */
  readonly stopTimeoutMs: number;
}

export class LocalCluster {
  readonly #cluster: PreparedCluster;
  readonly #run: ClusterRun;
  readonly #children = new Map<PreparedNode, NodeChild>();
  readonly #serving = new Set<PreparedNode>();
  #isStopping = false;
  #done: (status: number) => void = () => {};
  /** The exit status: 0 when all nodes stopped cleanly because they were told to. */
  readonly ended: Promise<number>;

  constructor(cluster: PreparedCluster, run: ClusterRun) {
    this.#cluster = cluster;
    this.#run = run;
    this.ended = new Promise((resolve) => {
      this.#done = resolve;
    });
  }

  start(): void {
    const width = String(this.#cluster.nodes.length).length;
    for (const node of this.#cluster.nodes) {
      const prefix = `node ${String(node.nodeId).padStart(width)} | `;
      const child = new NodeChild(this.#run.command(node), {
        line: (text) => {
          this.#run.say(prefix + text);
          if (this.#run.serves(text)) this.#nowServes(node);
        },
        ended: (status) => this.#nowEnded(node, status),
      });
      this.#children.set(node, child);
    }
  }

  pidOf(nodeId: number): number | undefined {
    return [...this.#children].find(([node]) => node.nodeId === nodeId)?.[1].pid;
  }

  /** Brokers first, which need a controller to leave in order; then those that are only controllers. */
  async stop(): Promise<void> {
    if (this.#isStopping) {
      this.kill();
      return;
    }
    this.#isStopping = true;
    const statuses: (number | null)[] = [];
    for (const isBroker of [true, false]) {
      const children = [...this.#children].filter(([node]) => node.isBroker === isBroker).map(([, child]) => child);
      for (const child of children) child.signal('SIGTERM');
      statuses.push(...(await this.#endOf(children)));
    }
    const isClean = statuses.every((status) => status === 0);
    this.#run.say(isClean ? 'all nodes stopped' : 'not all nodes stopped cleanly');
    this.#done(isClean ? 0 : 1);
  }

  kill(): void {
    for (const child of this.#children.values()) child.signal('SIGKILL');
  }

  async #endOf(children: readonly NodeChild[]): Promise<(number | null)[]> {
    const all = Promise.all(children.map(({ ended }) => ended));
    const timer = new AbortController();
    const late = sleep(this.#run.stopTimeoutMs, null, { signal: timer.signal }).catch(() => null);
    const first = await Promise.race([all, late]);
    timer.abort();
    if (first !== null) return first;
    this.#run.say(`some nodes did not stop in ${this.#run.stopTimeoutMs / 1000} s, and are killed`);
    for (const child of children) child.signal('SIGKILL');
    return all;
  }

  #nowServes(node: PreparedNode): void {
    if (this.#serving.has(node)) return;
    this.#serving.add(node);
    const brokers = this.#cluster.nodes.filter(({ isBroker }) => isBroker);
    if (!brokers.every((each) => this.#serving.has(each))) return;
    this.#run.say(`the cluster serves; bootstrap servers: ${bootstrapServers(brokers)} (Ctrl-C stops it)`);
  }

  #nowEnded(node: PreparedNode, status: number | null): void {
    if (this.#isStopping) return;
    const how = status === null ? 'was killed' : `ended with status ${status}`;
    this.#run.say(`node ${node.nodeId} ${how}`);
    // One that died is a lesson in fail-over; when it never served, or nobody is left, there is nothing to learn.
    const isLast = [...this.#children.values()].every(({ isRunning }) => !isRunning);
    if (!isLast && this.#serving.has(node)) return;
    void this.stop().then(() => this.#done(1));
    this.#done(1);
  }
}
