/** A single-node Apache Kafka broker and controller for the time of a test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { apacheKafkaClasspath, javaFlags, runTool } from './apache-kafka.ts';
import { freePorts } from './free-port.ts';
import { dieWithUs } from './run-command.ts';
import { makeTempDir, removeTempDir } from './temp-dir.ts';
import { patienceMs } from './until.ts';

export interface ApacheKafkaOptions {
  /** Added to, and winning over, the properties of a plain single node. */
  readonly properties?: Readonly<Record<string, string>>;
  /** `log.dirs`; a temporary directory otherwise. */
  readonly logDirectory?: string;
  /** Of the client's listener and the controller's; free ones otherwise. */
  readonly ports?: readonly [number, number];
  /** Keys of a plain single node that are left out. */
  readonly without?: readonly string[];
  /** False for a directory that holds data already. */
  readonly format?: boolean;
  /** Of the storage tool; one voter that others may join otherwise. */
  readonly formatFlags?: readonly string[];
  /** Flags of `kafka-storage.sh format` besides. */
  readonly moreFormatFlags?: readonly string[];
  readonly clusterId?: string;
  readonly heapMb?: number;
  readonly jvmFlags?: readonly string[];
  /** The port that it is to listen on, where that is not the one for clients. */
  readonly listensOn?: number;
}

export interface ApacheKafka {
  readonly port: number;
  readonly controllerPort: number;
  /** `127.0.0.1:<port>` */
  readonly bootstrap: string;
  readonly logDirectory: string;
  readonly pid: number;
  /** Both standard streams so far. */
  output(): string;
  /** SIGTERM, and waits for the end. Temporary directories are removed. */
  stop(): Promise<void>;
  /** SIGKILL, and waits for the end. The log directory stays. */
  kill(): Promise<void>;
}

/** Formats (unless told not to) and starts a node; resolves when its client listener takes connections. */
export async function startApacheKafka(options: ApacheKafkaOptions = {}): Promise<ApacheKafka> {
  const [port, controllerPort] = options.ports ?? (await freePorts(2));
  const home = makeTempDir('millrace-apache-');
  const logDirectory = options.logDirectory ?? join(home, 'data');
  mkdirSync(logDirectory, { recursive: true });
  const file = join(home, 'server.properties');
  const properties: Record<string, string> = {
    ...plainNode(port, controllerPort, logDirectory),
    ...options.properties,
  };
  for (const key of options.without ?? []) delete properties[key];
  writeFileSync(
    file,
    Object.entries(properties)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
  if (options.format !== false) {
    const flags = [...(options.formatFlags ?? ['--standalone']), ...(options.moreFormatFlags ?? [])];
    const args = ['format', ...flags, '-t', options.clusterId ?? 'bWlsbHJhY2UtdGVzdC0wMQ', '-c', file];
    const formatted = await runTool('kafka.tools.StorageTool', args);
    if (formatted.code !== 0) throw new Error(`formatting failed: ${formatted.stdout}${formatted.stderr}`);
  }
  const classpath = apacheKafkaClasspath();
  if (classpath === null) throw new Error('Apache Kafka is not at hand');
  const flags = [...javaFlags(options.heapMb ?? 320), ...(options.jvmFlags ?? [])];
  const child = spawn('java', [...flags, '-cp', classpath, 'kafka.Kafka', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  dieWithUs(child);
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-1_000_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  try {
    await listening(child, options.listensOn ?? port, 2 * patienceMs);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${(error as Error).message}\n${output}`);
  }
  return {
    port,
    controllerPort,
    bootstrap: `127.0.0.1:${port}`,
    logDirectory,
    pid: child.pid ?? -1,
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      removeTempDir(home);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Properties of a plain single node, small in all things. */
export function plainNode(port: number, controllerPort: number, logDirectory: string): Record<string, string> {
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': logDirectory,
    'num.network.threads': '1',
    'num.io.threads': '2',
    'offsets.topic.num.partitions': '1',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.num.partitions': '1',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.num.partitions': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    'log.cleaner.dedupe.buffer.size': '2097152',
  };
}

async function listening(child: ChildProcess, port: number, timeoutMs: number): Promise<void> {
  const giveUpAtMs = Date.now() + timeoutMs;
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`Apache Kafka ended with status ${child.exitCode}`);
    if (Date.now() > giveUpAtMs) throw new Error(`Apache Kafka did not listen on ${port} within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      socket.destroy();
      resolve(false);
    });
  });
}
