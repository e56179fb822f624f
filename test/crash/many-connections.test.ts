import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { residentMb } from '../../bench/process-stats.ts';
import { createTopic, readAll } from '../support/client-calls.ts';
import type { BusyReport } from '../support/many-connections.ts';
import { startMillrace } from '../support/millrace.ts';
import { dieWithUs } from '../support/run-command.ts';

const idleCount = Number(process.env.MILLRACE_IDLE_CONNECTIONS ?? 5000);
const busyCount = Number(process.env.MILLRACE_BUSY_CONNECTIONS ?? 500);
const seconds = 4;
const partitions = 8;
/** A socket, its handle and what the shard keeps of it. Of landing places and chunks an idle connection has none. */
const mostIdleKb = 32;

test(`${idleCount} idle and ${busyCount} busy connections on one node, and nothing acknowledged is lost`, async (t) => {
  const node = await startMillrace({ properties: { 'num.io.threads': '2' } }, t);
  await createTopic(node.port, 'busy', partitions);
  const before = await settledMb(node.pid);
  const program = join(import.meta.dirname, '../support/many-connections.ts');
  const args = [node.port, idleCount, busyCount, seconds, 'busy', partitions].map(String);
  const client = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  dieWithUs(client);
  t.after(() => client.kill('SIGKILL'));
  const lines = createInterface({ input: client.stdout })[Symbol.asyncIterator]();
  const next = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('the load client ended');
    return JSON.parse(value) as T;
  };
  assert.deepEqual(await next(), { idle: idleCount });
  const idleKb = (((await settledMb(node.pid)) - before) * 1000) / idleCount;
  client.stdin.write('go\n');
  const { acknowledged, failures, stillServed } = await next<BusyReport>();
  assert.deepEqual(failures.slice(0, 3), []);
  assert.equal(stillServed, idleCount);
  assert.ok(
    acknowledged.every((count) => count > 0),
    'every busy connection got its turn',
  );
  const found = new Map<number, number>();
  for (let partition = 0; partition < partitions; partition++) {
    for (const value of await readAll(node.port, 'busy', partition)) {
      const [connection, number] = String(value).split('/').map(Number) as [number, number];
      assert.equal(number, found.get(connection) ?? 0, 'records of a connection are whole and in order');
      found.set(connection, number + 1);
    }
  }
  acknowledged.forEach((count, connection) => {
    assert.ok((found.get(connection) ?? 0) >= count, `connection ${connection}: ${count} were acknowledged`);
  });
  const total = acknowledged.reduce((sum, count) => sum + count, 0);
  t.diagnostic(
    `${idleKb.toFixed(1)} KB an idle connection; ${total} records by ${busyCount} connections in ${seconds} s`,
  );
  assert.ok(idleKb <= mostIdleKb, `${idleKb} KB for an idle connection`);
});

/** Memory of a process once it has stopped growing. */
async function settledMb(pid: number): Promise<number> {
  let last = residentMb(pid).now;
  for (let looks = 0; looks < 20; looks++) {
    await sleep(200);
    const now = residentMb(pid).now;
    if (Math.abs(now - last) < 0.5) return now;
    last = now;
  }
  return last;
}
