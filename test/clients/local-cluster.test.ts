/** `npm run cluster`, as somebody at a terminal has it. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { ClusterClient, NoAnswer } from '../../bench/cluster/cluster-client.ts';
import { createTopic } from '../support/client-calls.ts';
import { freeRange } from '../support/free-port.ts';
import { dieWithUs } from '../support/run-command.ts';
import { tempDirFor } from '../support/temp-dir.ts';
import { until } from '../support/until.ts';

const entry = join(import.meta.dirname, '../../cli/cluster.ts');

class Terminal {
  output = '';
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;

  constructor(args: readonly string[]) {
    const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    dieWithUs(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        this.output += String(chunk);
      });
    }
    this.ended = new Promise((resolve) => child.once('close', resolve));
  }

  async says(words: string): Promise<void> {
    await until(() => this.output.includes(words), words);
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.#child.kill('SIGINT');
  }
}

test('a cluster is started, stopped by Ctrl-C, and goes on with its data', async (t) => {
  const directory = join(tempDirFor(t), 'cluster');
  const basePort = await freeRange(110);
  const ports = new Map([1, 2, 3].map((nodeId) => [nodeId, basePort + 2 * (nodeId - 1)]));
  const client = new ClusterClient(ports);
  t.after(() => client.close());
  const first = new Terminal(['--dir', directory, '--base-port', String(basePort), '--nodes', '3']);
  await first.says('the cluster serves; bootstrap servers: ');
  await createTopic(basePort, 'kept', 3);
  first.interrupt();
  assert.equal(await first.ended, 0, first.output);
  assert.match(first.output, /^all nodes stopped$/m);
  for (const nodeId of [1, 2, 3]) assert.match(first.output, new RegExp(`^node ${nodeId} \\| .*"stopped"`, 'm'));

  const second = new Terminal(['--dir', directory]);
  await second.says('the cluster serves');
  assert.match(second.output, /^going on with cluster /m);
  await until(async () => {
    const isr = await client.isrOf('kept').catch((error: unknown) => {
      if (error instanceof NoAnswer) return null;
      throw error;
    });
    return isr?.size === 3 && [...isr.values()].every((nodes) => nodes.length === 1);
  }, 'the topic is there');
  second.interrupt();
  assert.equal(await second.ended, 0, second.output);
});

test('a cluster that cannot start says so and leaves nothing running', async (t) => {
  const directory = tempDirFor(t);
  const basePort = String(await freeRange(110));
  const override = ['--override', 'authorizer.class.name=some.Authorizer'];
  const refused = new Terminal(['--dir', directory, '--base-port', basePort, '--nodes', '2', ...override]);
  assert.equal(await refused.ended, 1, refused.output);
  assert.match(refused.output, /authorizer\.class\.name is set/);
});
