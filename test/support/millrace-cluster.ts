/** Several nodes that are one cluster, each a process of its own: ours, Apache Kafka's, or some of both. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApacheKafka, startApacheKafka } from './apache-broker.ts';
import { freePorts } from './free-port.ts';
import { Millrace, propertiesText } from './millrace.ts';
import { runCommand } from './run-command.ts';
import { makeTempDir } from './temp-dir.ts';
import { patienceMs } from './until.ts';

/** A flag of the storage tool. */
const votersInLog = '--initial-controllers';
const root = join(import.meta.dirname, '../..');
export const testClusterId = 'bWlsbHJhY2UtdGVzdC0wMQ';

export interface Member {
  readonly id: number;
  /** Whose program it is. */
  readonly of: 'millrace' | 'apache';
  readonly roles: 'broker' | 'controller' | 'broker,controller';
  readonly properties?: Readonly<Record<string, string>>;
}

interface Planned extends Member {
  readonly port: number;
  readonly controllerPort: number;
  readonly directory: string;
}

/** Static voters; every broker listens on 127.0.0.1. Small in all things. */
export class MillraceCluster {
  readonly members: readonly Planned[];
  readonly nodes = new Map<number, Millrace>();
  readonly apache = new Map<number, ApacheKafka>();
  readonly #formatFlags: readonly string[];

  private constructor(members: readonly Planned[], formatFlags: readonly string[]) {
    this.members = members;
    this.#formatFlags = formatFlags;
  }

  /**
   * Formats the directories, and starts all at once. They end with the test.
   *
   * @param formatFlags of `kafka-storage.sh format`; with `--initial-controllers` the voters stand in the log, and are
   * not configured.
   */
  static async start(
    members: readonly Member[],
    t: { after(run: () => Promise<void>): void },
    formatFlags: readonly string[] = [],
  ): Promise<MillraceCluster> {
    const ports = await freePorts(2 * members.length);
    const planned = members.map((member, index) => ({
      ...member,
      port: ports[2 * index]!,
      controllerPort: ports[2 * index + 1]!,
      directory: join(makeTempDir('millrace-member-'), 'data'),
    }));
    const cluster = new MillraceCluster(planned, formatFlags);
    t.after(() => cluster.end());
    await Promise.all(planned.map((member) => cluster.#begin(member)));
    return cluster;
  }

  /** Of the brokers that run, or of one. */
  bootstrap(id?: number): string {
    const brokers = this.members.filter((each) => each.roles !== 'controller' && (id === undefined || each.id === id));
    return brokers.map(({ port }) => `127.0.0.1:${port}`).join(',');
  }

  portOf(id: number): number {
    return this.#member(id).port;
  }

  controllerPortOf(id: number): number {
    return this.#member(id).controllerPort;
  }

  node(id: number): Millrace {
    const node = this.nodes.get(id);
    if (node === undefined) throw new Error(`node ${id} is none of ours`);
    return node;
  }

  /** SIGKILL, whosever it is. */
  async kill(id: number): Promise<void> {
    await (this.nodes.get(id) ?? this.apache.get(id))?.kill();
    this.apache.delete(id);
  }

  async end(): Promise<void> {
    await Promise.all([...this.nodes.values()].map((node) => node[Symbol.asyncDispose]()));
    await Promise.all([...this.apache.values()].map((node) => node.kill()));
  }

  #member(id: number): Planned {
    const member = this.members.find((each) => each.id === id);
    if (member === undefined) throw new Error(`there is no node ${id}`);
    return member;
  }

  async #begin(member: Planned): Promise<void> {
    const properties = this.#propertiesOf(member);
    await format(properties, this.#formatFlagsNow());
    if (member.of === 'apache') {
      const { directory } = member;
      const ports = [member.port, member.controllerPort] as const;
      const listens = member.roles === 'controller' ? ports[1] : ports[0];
      const options = { properties, logDirectory: directory, format: false, heapMb: 256, listensOn: listens };
      this.apache.set(member.id, await startApacheKafka(options));
      return;
    }
    const without = this.#hasVotersInLog ? [] : ['controller.quorum.bootstrap.servers'];
    const options = { properties, without, directory: member.directory };
    const node = new Millrace(options, [member.port, member.controllerPort], makeTempDir('millrace-node-'));
    this.nodes.set(member.id, node);
    await node.serving();
  }

  get #hasVotersInLog(): boolean {
    return this.#formatFlags.includes(votersInLog);
  }

  #voters(): readonly Planned[] {
    return this.members.filter(({ roles }) => roles !== 'broker');
  }

  /** All voters' places and directories, behind the flag that is to be followed by them. */
  #formatFlagsNow(): string[] {
    const voters = this.#voters().map(
      (voter) => `${voter.id}@127.0.0.1:${voter.controllerPort}:${directoryIdOf(voter)}`,
    );
    return this.#formatFlags.flatMap((flag) => (flag === votersInLog ? [flag, voters.join(',')] : [flag]));
  }

  #propertiesOf(member: Planned): Record<string, string> {
    const places = this.#voters().map(({ controllerPort }) => `127.0.0.1:${controllerPort}`);
    const controllers = this.#voters()
      .map(({ id }, at) => `${id}@${places[at]}`)
      .join(',');
    const broker = `PLAINTEXT://127.0.0.1:${member.port}`;
    const controller = `CONTROLLER://127.0.0.1:${member.controllerPort}`;
    const listeners =
      member.roles === 'broker' ? broker : member.roles === 'controller' ? controller : `${broker},${controller}`;
    return {
      'process.roles': member.roles,
      'node.id': String(member.id),
      ...(this.#hasVotersInLog
        ? { 'controller.quorum.bootstrap.servers': places.join(',') }
        : { 'controller.quorum.voters': controllers }),
      listeners,
      'advertised.listeners': listeners,
      'controller.listener.names': 'CONTROLLER',
      'log.dirs': member.directory,
      'num.io.threads': '1',
      // Others may take long to start, where all do at once.
      'initial.broker.registration.timeout.ms': '600000',
      'offsets.topic.num.partitions': '3',
      'offsets.topic.replication.factor': '3',
      'group.initial.rebalance.delay.ms': '0',
      ...(member.of === 'apache' && !this.#hasVotersInLog ? { 'controller.quorum.bootstrap.servers': '' } : {}),
      ...(member.of === 'millrace' ? { 'millrace.metrics.listener': '' } : {}),
      ...member.properties,
    };
  }
}

/** Unlike the others'. */
function directoryIdOf({ id }: Planned): string {
  return `DirectoryOfNode${String(id).padStart(6, '0')}A`;
}

async function format(properties: Readonly<Record<string, string>>, flags: readonly string[]): Promise<void> {
  const file = join(makeTempDir('millrace-format-'), 'server.properties');
  writeFileSync(file, propertiesText(properties));
  const args = ['format', '-t', testClusterId, '-c', file, ...flags];
  const script = join(root, 'bin/kafka-storage.sh');
  const { code, stdout, stderr } = await runCommand(script, args);
  if (code !== 0) throw new Error(`formatting failed: ${stdout}${stderr}`);
}

/** Waits until something is so. */
export async function eventually<T>(
  look: () => Promise<T | undefined>,
  what: string,
  withinMs = patienceMs,
): Promise<T> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > endMs) throw new Error(`${what} did not come to be within ${withinMs} ms`);
    await sleep(50);
  }
}
