/** A node of ours in a process of its own, as `npm start` runs it, for the time of a test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePorts } from './free-port.ts';
import { dieWithUs } from './run-command.ts';
import { makeTempDir, removeTempDir } from './temp-dir.ts';
import { patienceMs } from './until.ts';

const root = join(import.meta.dirname, '../..');

export interface MillraceOptions {
  /** Added to, and winning over, the properties of a plain single node. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Keys of a plain single node that are left out. */
  readonly without?: readonly string[];
  /** Given as `--override key=value`. */
  readonly overrides?: Readonly<Record<string, string>>;
  /** `log.dirs`; a temporary directory that goes with the node otherwise. */
  readonly directory?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Files that the process may have open, sockets included. */
  readonly openFiles?: number;
  /** Run in place of `bin/millrace.js`, with the same arguments. */
  readonly program?: string;
}

export interface EndedNode {
  /** Exit status; null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A node that did not come to serve; `ended` tells how it ended. */
export class MillraceDidNotServe extends Error {
  override readonly name = 'MillraceDidNotServe';
  readonly ended: EndedNode;

  constructor(ended: EndedNode) {
    super(`the node ended with status ${ended.code} before it served\n${ended.stdout}${ended.stderr}`);
    this.ended = ended;
  }
}

class NodeProcess {
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  readonly serving: Promise<void>;
  readonly ended: Promise<EndedNode>;
  stderr = '';

  constructor(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    program = join(root, 'bin/millrace.js'),
    openFiles?: number,
  ) {
    const command = [process.execPath, program, ...args];
    if (openFiles !== undefined) command.unshift('/bin/sh', '-c', 'ulimit -n "$0"; exec "$@"', String(openFiles));
    const child = spawn(command[0]!, command.slice(1), {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    dieWithUs(child);
    child.stderr.on('data', (chunk: Buffer) => {
      this.stderr = (this.stderr + chunk.toString()).slice(-1_000_000);
    });
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout: this.stdout, stderr: this.stderr }));
    });
    this.serving = new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.lines.push(line);
        if (line.includes('"serving on ')) resolve();
      });
      this.ended.then((ended) => reject(new MillraceDidNotServe(ended)), reject);
    });
    // A node that is never asked to serve has nobody who waits for it.
    this.serving.catch(() => {});
  }

  get stdout(): string {
    return this.lines.map((line) => `${line}\n`).join('');
  }

  /** Waits for the end; kills the process when it takes too long. */
  async end(timeoutMs: number): Promise<EndedNode> {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      this.child.kill('SIGKILL');
    }, timeoutMs);
    const ended = await this.ended;
    clearTimeout(timer);
    if (late) throw new Error(`the node did not end within ${timeoutMs} ms\n${ended.stdout}${ended.stderr}`);
    return ended;
  }
}

/** A node that serves. Its ports and directory stay the same over `restart`. */
export class Millrace {
  readonly port: number;
  readonly controllerPort: number;
  /** `127.0.0.1:<port>` */
  readonly bootstrap: string;
  /** The first of `log.dirs`. */
  readonly directory: string;
  readonly #home: string;
  readonly #args: readonly string[];
  readonly #env: Readonly<Record<string, string>>;
  readonly #program: string | undefined;
  readonly #openFiles: number | undefined;
  #process: NodeProcess;

  constructor(options: MillraceOptions, ports: readonly number[], home: string) {
    [this.port, this.controllerPort] = ports;
    this.bootstrap = `127.0.0.1:${this.port}`;
    const properties: Record<string, string> = {
      ...plainProperties(this.port, this.controllerPort, options.directory ?? join(home, 'data')),
      ...options.properties,
    };
    for (const key of options.without ?? []) delete properties[key];
    this.directory = properties['log.dirs'].split(',')[0];
    const file = join(home, 'server.properties');
    writeFileSync(file, propertiesText(properties));
    const overrides = Object.entries(options.overrides ?? {});
    this.#home = home;
    this.#args = [file, ...overrides.flatMap(([key, value]) => ['--override', `${key}=${value}`])];
    this.#env = options.env ?? {};
    this.#program = options.program;
    this.#openFiles = options.openFiles;
    this.#process = new NodeProcess(this.#args, this.#env, this.#program, this.#openFiles);
  }

  get pid(): number {
    return this.#process.child.pid ?? -1;
  }

  /** Log lines of the running process, or of the last one. */
  get lines(): readonly string[] {
    return this.#process.lines;
  }

  get isRunning(): boolean {
    const { exitCode, signalCode } = this.#process.child;
    return exitCode === null && signalCode === null;
  }

  /** How the process ends, whoever ends it. */
  get ended(): Promise<EndedNode> {
    return this.#process.ended;
  }

  /** Resolves when the node serves; throws MillraceDidNotServe. */
  async serving(): Promise<this> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no service in ${patienceMs} ms\n${this.output()}`)), patienceMs);
    });
    try {
      await Promise.race([this.#process.serving, late]);
    } catch (error) {
      await this.kill();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    return this;
  }

  output(): string {
    return this.#process.stdout + this.#process.stderr;
  }

  /** SIGTERM; throws unless the process ends with status 0. */
  async stop(): Promise<void> {
    this.#process.child.kill('SIGTERM');
    const { code } = await this.#process.end(patienceMs);
    if (code !== 0) throw new Error(`the node ended with status ${code}\n${this.output()}`);
  }

  /** SIGKILL, and waits for the end. */
  async kill(): Promise<void> {
    this.#process.child.kill('SIGKILL');
    await this.#process.end(patienceMs);
  }

  /** Starts the process again, with the same files; it must have ended. */
  async restart(): Promise<void> {
    if (this.isRunning) throw new Error('the node is still running');
    this.#process = new NodeProcess(this.#args, this.#env, this.#program, this.#openFiles);
    await this.serving();
  }

  /** Ends the node, well or badly, and removes what it leaves. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (this.isRunning) await this.kill();
    } finally {
      removeTempDir(this.#home);
    }
  }
}

/**
 * Starts a node and waits until it serves. With `t`, it is ended and its files are removed when that test is over; in
 * any case it does not outlive this process. Throws MillraceDidNotServe.
 */
export async function startMillrace(
  options: MillraceOptions = {},
  t?: { after(run: () => Promise<void>): void },
): Promise<Millrace> {
  const home = makeTempDir('millrace-node-');
  const node = new Millrace(options, await freePorts(2), home);
  t?.after(() => node[Symbol.asyncDispose]());
  return node.serving();
}

/** Runs a node that is expected to be refused, to its end. */
export async function runRefusedMillrace(args: readonly string[]): Promise<EndedNode> {
  return new NodeProcess(args, {}).end(patienceMs);
}

export function propertiesText(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

export function plainProperties(port: number, controllerPort: number, directory: string): Record<string, string> {
  const listeners = `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`;
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    listeners,
    'advertised.listeners': listeners,
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.bootstrap.servers': `127.0.0.1:${controllerPort}`,
    'log.dirs': directory,
    'millrace.metrics.listener': '',
    // Whatever the machine has: most partitions are another shard's than the connection's.
    'num.io.threads': '2',
  };
}
