/** Apache Kafka's tool that reads all replicas and compares them, on a cluster of three nodes of ours. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { Load } from '../chaos/load.ts';
import { apacheKafkaClasspath, javaFlags, requireApacheKafka } from '../support/apache-kafka.ts';
import { createTopic } from '../support/cluster-calls.ts';
import { eventually, MillraceCluster } from '../support/millrace-cluster.ts';
import { dieWithUs } from '../support/run-command.ts';

const topic = 'verified';
const partitions = 3;

/** The tool runs until it is killed, and reports once a second. */
class VerificationTool {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];

  constructor(t: TestContext, bootstrap: string) {
    const named = ['--broker-list', bootstrap, '--topics-include', topic];
    const main = ['-cp', apacheKafkaClasspath()!, 'org.apache.kafka.tools.ReplicaVerificationTool'];
    const args = [...javaFlags(), ...main, ...named, '--time', '-2', '--report-interval-ms', '1000'];
    this.#child = spawn('java', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    dieWithUs(this.#child);
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      createInterface({ input: stream }).on('line', (line) => this.#lines.push(line));
    }
    t.after(async () => {
      const ended = new Promise((resolve) => this.#child.once('close', resolve));
      this.#child.kill('SIGKILL');
      await ended;
    });
  }

  get output(): string {
    return this.#lines.join('\n');
  }

  /** The next report, from now on, that will do. */
  async report(what: string, isWanted: (lag: number, offset: number) => boolean): Promise<void> {
    const from = this.#lines.length;
    const seen = () =>
      this.#lines.slice(from).some((line) => {
        const found = /max lag is (-?\d+) for partition \S+ at offset (-?\d+) among (\d+) partitions/.exec(line);
        return found !== null && Number(found[3]) === partitions && isWanted(Number(found[1]), Number(found[2]));
      });
    const look = async () => {
      assert.equal(this.#child.exitCode, null, this.output);
      return seen() ? true : undefined;
    };
    await eventually(look, what, 60_000).catch((error: unknown) => {
      throw new Error(this.output, { cause: error });
    });
  }
}

test('kafka-replica-verification finds replicas equal while they are written, and one that is behind', async (t) => {
  if (!requireApacheKafka(t)) return;
  const members = [1, 2, 3].map((id) => ({ id, of: 'millrace', roles: 'broker,controller' }) as const);
  const cluster = await MillraceCluster.start(members, t);
  assert.equal(await createTopic(cluster.portOf(1), topic, partitions, 3), 0);
  const ports = new Map(members.map(({ id }) => [id, cluster.portOf(id)]));
  const load = new Load({ ports, topic, partitions });
  load.begin();
  t.after(() => load.abandon());
  assert.deepEqual(await load.progressed(30_000), []);
  const tool = new VerificationTool(t, cluster.bootstrap());
  await tool.report('hardly any lag', isClose);
  assert.deepEqual(await load.progressed(30_000), []);
  await tool.report('hardly any lag, further on', isClose);
  await cluster.node(3).kill();
  await tool.report('a replica that is behind', (lag) => lag > 10 * inFlight);
  await cluster.node(3).restart();
  await tool.report('hardly any lag any more', isClose);
  await load.end();
  await tool.report('no lag', (lag, offset) => lag === 0 && offset > 0);
  assert.doesNotMatch(tool.output, /doesn't match|unmatched checksum/);
  assert.deepEqual(load.findings(await load.readAll(30_000), []), []);
});

/** The tool reads replicas one after the other, not all at one moment: records come while it does. */
const inFlight = 10;
const isClose = (lag: number, offset: number): boolean => lag <= inFlight && offset > 0;
