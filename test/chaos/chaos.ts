/** A run: clients work through one fault after the other; then all that they saw is checked. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiKey } from '#engine/protocol/api-table.ts';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import { ClusterClient, NoAnswer } from '../../bench/cluster/cluster-client.ts';
import { versions } from '../support/client-calls.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { mountSmall, unmount } from '../support/small-file-system.ts';
import { ChaosCluster, type Program } from './cluster.ts';
import { diskFull, type FaultContext, faults, rollingRestart, shuffled, untilInSync } from './faults.ts';
import type { Finding, ReplicaLog, SeenRecord } from './history.ts';
import { Load } from './load.ts';
import type { Recorder } from './recorder.ts';
import { readReplicaLog } from './replica-logs.ts';

export interface ChaosOptions {
  readonly nodes: number;
  readonly programs: readonly Program[];
  readonly seed: number;
  /** Of load; the start and the end come on top. */
  readonly seconds: number;
  readonly partitions: number;
  readonly directory: string;
  /** Names of faults; all where absent. */
  readonly only?: readonly string[];
  readonly faultSeconds?: number;
  /** Of the producers; all unless given. With less, records are lost, and that is to be found. */
  readonly acks?: number;
  readonly say?: (line: string) => void;
}

export interface ChaosResult {
  readonly nodes: number;
  readonly programs: readonly Program[];
  readonly seed: number;
  readonly seconds: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly sent: number;
  readonly acknowledged: number;
  readonly unknown: number;
  readonly records: number;
  readonly polls: number;
  /** From the end of a fault until every producer was acknowledged again. */
  readonly longestRecoveryMs: number;
  readonly passedByProxy: number;
  readonly findings: readonly Finding[];
}

const topic = 'chaos';
const rolling = 'rolling-restart';
/** Of nodes that work these take seconds; on a machine that is busy with something else, a minute. */
const startTimeoutMs = 400_000;
const recoveryTimeoutMs = 180_000;
/** Room for some minutes of what the producers send. */
const smallBytes = 512 << 20;

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { nodes, programs, directory } = options;
  const small = { nodeId: 1, path: join(directory, 'small') };
  const isMounted = await mountSmall(small.path, smallBytes);
  try {
    const logDirectory = (nodeId: number) => (isMounted && nodeId === small.nodeId ? small.path : undefined);
    const cluster = await ChaosCluster.make({ nodes, programs, directory, logDirectory });
    try {
      return await new Run(options, cluster, isMounted ? small : null).run();
    } finally {
      await cluster.dispose();
    }
  } finally {
    if (isMounted) await unmount(small.path);
  }
}

/** What there was when all had ended. */
interface Final {
  readonly reads: ReadonlyMap<number, readonly SeenRecord[]>;
  readonly replicas: readonly ReplicaLog[];
}

class Run {
  readonly #options: ChaosOptions;
  readonly #cluster: ChaosCluster;
  readonly #load: Load;
  readonly #recorder: Recorder;
  readonly #context: FaultContext;
  readonly #counts: Record<string, number> = {};
  #longestRecoveryMs = 0;

  constructor(options: ChaosOptions, cluster: ChaosCluster, small: FaultContext['small']) {
    this.#options = options;
    this.#cluster = cluster;
    const random = new SeededRandom(options.seed);
    this.#context = { cluster, client: new ClusterClient(cluster.ports), random, topic, small };
    const { partitions, acks = -1 } = options;
    this.#load = new Load({ ports: cluster.ports, topic, partitions, acks });
    this.#recorder = this.#load.recorder;
  }

  async run(): Promise<ChaosResult> {
    this.#cluster.start();
    await this.#createTopic();
    this.#say('the topic is there');
    this.#load.begin();
    await this.#recovered('the start');
    await this.#disturb();
    await this.#load.end();
    return this.#result(await this.#finish());
  }

  async #disturb(): Promise<void> {
    const { random } = this.#context;
    const { seconds, faultSeconds = 6, only } = this.#options;
    const isPossible = (name: string) => name !== diskFull || this.#context.small !== null;
    const names = [...Object.keys(faults), rolling].filter(
      (name) => isPossible(name) && (only === undefined || only.includes(name)),
    );
    const endAtMs = performance.now() + seconds * 1000;
    let queue: string[] = [];
    while (performance.now() < endAtMs) {
      if (queue.length === 0) queue = shuffled(names, random);
      const name = queue.pop()!;
      this.#say(name);
      if (name === rolling) await rollingRestart(this.#context, recoveryTimeoutMs);
      else {
        const heal = await faults[name](this.#context);
        await sleep(1000 * (1 + random.below(faultSeconds)));
        await heal();
      }
      this.#counts[name] = (this.#counts[name] ?? 0) + 1;
      await this.#recovered(name);
    }
  }

  /** Every producer is acknowledged again, and all replicas are in sync: what comes next may hurt others. */
  async #recovered(fault: string): Promise<void> {
    const beganAtMs = performance.now();
    const stuck = await this.#load.progressed(recoveryTimeoutMs, () => this.#reviveTheDead(fault));
    if (stuck.length > 0) {
      this.#recorder.find('no-progress', `producers ${stuck.join(', ')} got nothing in after ${fault}`);
    }
    this.#longestRecoveryMs = Math.max(this.#longestRecoveryMs, Math.round(performance.now() - beganAtMs));
    const { client } = this.#context;
    if (!(await untilInSync(client, topic, this.#options.nodes, recoveryTimeoutMs))) {
      this.#recorder.find('no-progress', `replicas were not in sync after ${fault}`);
    }
    this.#reviveTheDead(fault);
  }

  #reviveTheDead(fault: string): void {
    for (const node of this.#cluster.nodes) {
      if (!node.hasDied) continue;
      this.#recorder.find('node-died', `node ${node.nodeId} after ${fault}: ${node.tail()}`);
      node.start();
    }
  }

  async #finish(): Promise<Final> {
    const { partitions, directory } = this.#options;
    const reads = await this.#load.readAll(recoveryTimeoutMs);
    await untilInSync(this.#context.client, topic, this.#options.nodes, recoveryTimeoutMs);
    for (const nodeId of await this.#cluster.stop()) {
      this.#recorder.find('node-died', `node ${nodeId} did not stop: ${this.#cluster.node(nodeId).tail()}`);
    }
    const replicas: ReplicaLog[] = [];
    for (const [nodeId, path] of this.#cluster.directories) {
      for (let partition = 0; partition < partitions; partition++) {
        const log = readReplicaLog(path, nodeId, topic, partition);
        if (log !== null) replicas.push(log);
      }
    }
    this.#say(`output of the nodes: ${join(directory, 'node-*.out')}`);
    return { reads, replicas };
  }

  #result({ reads, replicas }: Final): ChaosResult {
    const { nodes, programs, seed, seconds } = this.#options;
    const { sends, polls } = this.#recorder;
    const kinds = sends.map(({ outcome }) => outcome.kind);
    return {
      nodes,
      programs,
      seed,
      seconds,
      faults: this.#counts,
      sent: sends.length,
      acknowledged: kinds.filter((kind) => kind === 'acknowledged').length,
      unknown: kinds.filter((kind) => kind === 'unknown').length,
      records: [...reads.values()].reduce((sum, records) => sum + records.length, 0),
      polls: polls.length,
      longestRecoveryMs: this.#longestRecoveryMs,
      passedByProxy: this.#cluster.network.passed,
      findings: this.#load.findings(reads, replicas),
    };
  }

  async #createTopic(): Promise<void> {
    const replicationFactor = Math.min(3, this.#options.nodes);
    const configs = [{ name: 'min.insync.replicas', value: String(Math.min(2, this.#options.nodes)) }];
    const asked = { name: topic, numPartitions: this.#options.partitions, replicationFactor, assignments: [], configs };
    const message = { topics: [asked], timeoutMs: 10_000, validateOnly: false };
    const giveUpAtMs = performance.now() + startTimeoutMs;
    for (let turn = 0; ; turn++) {
      const { nodeId } = this.#cluster.nodes[turn % this.#cluster.nodes.length];
      const why = await this.#context.client
        .call<CreateTopicsResponse>(nodeId, apiKey.CreateTopics, versions.createTopics, message, 11_000)
        .then(({ topics }) => `error ${topics[0].errorCode}: ${topics[0].errorMessage}`)
        .catch((error: unknown) => {
          if (error instanceof NoAnswer) return error.message;
          throw error;
        });
      if (why.startsWith('error 0:') || why.startsWith('error 36:')) return;
      const dead = this.#cluster.nodes.find(({ hasDied }) => hasDied);
      if (dead !== undefined) throw new Error(`node ${dead.nodeId} ended: ${dead.tail()}`);
      if (performance.now() > giveUpAtMs) throw new Error(`the topic could not be made: ${why}`);
      await sleep(250);
    }
  }

  #say(line: string): void {
    this.#options.say?.(`${this.#recorder.nowMs()} ms: ${line}`);
  }
}
