/** Many runs of Apache Kafka's command-line tools in one Java virtual machine: its start costs more than most tools. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { apacheKafkaClasspath, javaFlags } from './apache-kafka.ts';
import { dieWithUs } from './run-command.ts';
import { patienceMs } from './until.ts';

export interface ToolResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolOptions {
  readonly input?: string;
  readonly timeoutMs?: number;
}

/** Main classes of the tools. */
export const tool = {
  brokerApiVersions: 'org.apache.kafka.tools.BrokerApiVersionsCommand',
  cluster: 'org.apache.kafka.tools.ClusterTool',
  configs: 'kafka.admin.ConfigCommand',
  consoleConsumer: 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  consumerGroups: 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  consumerPerformance: 'org.apache.kafka.tools.ConsumerPerformance',
  consoleProducer: 'org.apache.kafka.tools.ConsoleProducer',
  deleteRecords: 'org.apache.kafka.tools.DeleteRecordsCommand',
  dumpLogSegments: 'org.apache.kafka.tools.DumpLogSegments',
  features: 'org.apache.kafka.tools.FeatureCommand',
  leaderElection: 'org.apache.kafka.tools.LeaderElectionCommand',
  reassignPartitions: 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
  getOffsets: 'org.apache.kafka.tools.GetOffsetShell',
  logDirs: 'org.apache.kafka.tools.LogDirsCommand',
  metadataQuorum: 'org.apache.kafka.tools.MetadataQuorumCommand',
  producerPerformance: 'org.apache.kafka.tools.ProducerPerformance',
  topics: 'org.apache.kafka.tools.TopicCommand',
  verifiableProducer: 'org.apache.kafka.tools.VerifiableProducer',
  verifiableConsumer: 'org.apache.kafka.tools.VerifiableConsumer',
  transactions: 'org.apache.kafka.tools.TransactionsCommand',
} as const;

interface Call {
  resolve(result: ToolResult): void;
  reject(error: Error): void;
  readonly what: string;
  readonly timer: NodeJS.Timeout;
}

/** Starts the virtual machine with the first call; calls are run one at a time, in order. */
export class ApacheTools {
  #child: ChildProcessWithoutNullStreams | null = null;
  #calls: Call[] = [];
  #log = '';

  run(mainClass: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
    const child = (this.#child ??= this.#start());
    const what = `${mainClass} ${args.join(' ')}`;
    return new Promise((resolve, reject) => {
      const timeoutMs = options.timeoutMs ?? 2 * patienceMs;
      const timer = setTimeout(() => {
        this.#fail(new Error(`${what}: no end within ${timeoutMs} ms\n${this.#log}`));
        this.close();
      }, timeoutMs);
      this.#calls.push({ resolve, reject, what, timer });
      child.stdin.write(`${[mainClass, options.input ?? '', ...args].map(wordOf).join(' ')}\n`);
    });
  }

  /** As `run`, and throws unless the tool ends with status 0; answers its standard output. */
  async output(mainClass: string, args: readonly string[], options: ToolOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(mainClass, args, options);
    if (code !== 0)
      throw new Error(`${mainClass} ${args.join(' ')}: status ${code}\n${stdout}\n${stderr}\n${this.#log}`);
    return stdout;
  }

  /** What the tools logged since the start: warnings and worse. */
  get log(): string {
    return this.#log;
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }

  #start(): ChildProcessWithoutNullStreams {
    const path = apacheKafkaClasspath();
    if (path === null) throw new Error('Apache Kafka is not at hand');
    const source = join(import.meta.dirname, 'java', 'ToolRunner.java');
    const child = spawn('java', [...javaFlags(), '-cp', path, source]);
    dieWithUs(child);
    child.stderr.on('data', (chunk: Buffer) => {
      this.#log = (this.#log + chunk.toString()).slice(-100_000);
    });
    createInterface({ input: child.stdout }).on('line', (line) => this.#answer(line));
    child.once('error', (error) => this.#fail(error));
    child.once('close', () => {
      if (this.#child === child) this.#child = null;
      this.#fail(new Error(`the Java virtual machine ended\n${this.#log}`));
    });
    return child;
  }

  #answer(line: string): void {
    const call = this.#calls.shift();
    if (call === undefined) throw new Error(`an answer to no call: ${line}`);
    clearTimeout(call.timer);
    const [code, stdout, stderr] = line.split(' ');
    call.resolve({ code: Number(code), stdout: textOf(stdout), stderr: textOf(stderr) });
  }

  #fail(error: Error): void {
    const calls = this.#calls;
    this.#calls = [];
    for (const call of calls) {
      clearTimeout(call.timer);
      call.reject(new Error(`${call.what}: ${error.message}`));
    }
  }
}

function wordOf(text: string): string {
  return `.${Buffer.from(text).toString('base64')}`;
}

function textOf(word: string): string {
  return Buffer.from(word.slice(1), 'base64').toString();
}
