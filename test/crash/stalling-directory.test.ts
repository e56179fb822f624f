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
const attempts = 5;
/** As the faulty node has them. */
const stallMs = 500;
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

  /** Rounds without stalls and with them in turn: the p99 of each kind, and the longest stall. */
  async function compare(): Promise<{ before: number; during: number; longestStall: number }> {
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
    return { before: p99(undisturbed), during: p99(disturbed), longestStall };
  }

  await round();
  // Who is held up by the stalls is so every time. What else a machine does comes and goes.
  for (let attempt = 1; ; attempt++) {
    const { before, during, longestStall } = await compare();
    t.diagnostic(
      `p99 ${before.toFixed(2)} ms undisturbed, ${during.toFixed(2)} ms beside stalls of ${longestStall.toFixed(0)} ms`,
    );
    assert.ok(longestStall > stallMs / 2, 'the other directory did stall');
    if (during <= 2 * before + slackMs) break;
    assert.ok(attempt < attempts, `p99 ${during} ms beside a stalling directory, ${before} ms without`);
  }
});
