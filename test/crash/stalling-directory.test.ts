/** A log directory that stalls for 500 ms of every 2 s holds up nobody who writes to another one. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setFault } from '../support/fault-files.ts';
import { startMillrace } from '../support/millrace.ts';
import { StorageClient } from '../support/storage-client.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const faultyNode = join(import.meta.dirname, '../support/faulty-disk-node.ts');
const partitions = 4;
/** Each round holds one stall at least, and lets the directory be used directly again. */
const roundMs = 2500;
const rounds = 4;
/** What a machine shared with other tests adds to either side. */
const slackMs = 2;

function p99(latencies: readonly number[]): number {
  const sorted = [...latencies].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)]!;
}

test('while one directory stalls the p99 of the other is at most twice the undisturbed one', async (t) => {
  const home = tempDirFor(t, 'millrace-stalls-');
  const [stalling, sound] = ['stalling', 'sound'].map((name) => join(home, name));
  const properties = { 'log.dirs': `${stalling},${sound}`, 'metadata.log.dir': join(home, 'metadata') };
  const node = await startMillrace({ program: faultyNode, properties }, t);
  const client = await StorageClient.connect(node.port, t);
  const other = await StorageClient.connect(node.port, t);
  assert.equal(await client.createTopic('t', partitions), 0);
  for (let partition = 0; partition < partitions; partition++) await client.produce('t', partition);
  const on = (directory: string): number[] =>
    readdirSync(directory)
      .filter((name) => name.startsWith('t-'))
      .map((name) => Number(name.slice(2)));

  /** Writes to both directories for a round; the latencies of those to the sound one, and the longest of the others. */
  async function round(): Promise<{ latencies: number[]; longestOther: number }> {
    const endMs = performance.now() + roundMs;
    const latencies: number[] = [];
    let longestOther = 0;
    const write = async (via: StorageClient, directory: string, note: (ms: number) => void): Promise<void> => {
      const targets = on(directory);
      for (let n = 0; performance.now() < endMs; n++) {
        const startMs = performance.now();
        assert.equal((await via.produce('t', targets[n % targets.length]!)).errorCode, 0);
        note(performance.now() - startMs);
      }
    };
    await Promise.all([
      write(client, sound!, (ms) => latencies.push(ms)),
      write(other, stalling!, (ms) => {
        longestOther = Math.max(longestOther, ms);
      }),
    ]);
    return { latencies, longestOther };
  }

  await round();
  const undisturbed: number[] = [];
  const disturbed: number[] = [];
  let longestStall = 0;
  for (let n = 0; n < rounds; n++) {
    undisturbed.push(...(await round()).latencies);
    setFault(stalling!, 'stalls', true);
    const { latencies, longestOther } = await round();
    setFault(stalling!, 'stalls', false);
    disturbed.push(...latencies);
    longestStall = Math.max(longestStall, longestOther);
  }
  const [before, during] = [p99(undisturbed), p99(disturbed)];
  t.diagnostic(
    `p99 ${before.toFixed(2)} ms undisturbed, ${during.toFixed(2)} ms beside stalls of ${longestStall.toFixed(0)} ms`,
  );
  assert.ok(longestStall > 50 * before, 'the other directory did stall');
  assert.ok(during <= 2 * before + slackMs, `p99 ${during} ms beside a stalling directory, ${before} ms without`);
});
