/** Short runs of what `node test/chaos/run.ts` does for as long as one likes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireApacheKafka } from '../support/apache-kafka.ts';
import { tempDirFor } from '../support/temp-dir.ts';
import { type ChaosOptions, type ChaosResult, runChaos } from './chaos.ts';
import type { Finding } from './history.ts';

const short: Omit<ChaosOptions, 'programs' | 'directory' | 'seed'> = {
  nodes: 3,
  seconds: 12,
  partitions: 2,
  faultSeconds: 3,
};

function assertGood(result: ChaosResult): void {
  const { findings, ...rest } = result;
  assert.deepEqual(findings as Finding[], [], JSON.stringify(rest));
  assert.ok(result.acknowledged > 100 && result.records >= result.acknowledged, JSON.stringify(rest));
  assert.ok(Object.keys(result.faults).length > 0, 'faults happened');
  assert.ok(result.passedByProxy > 0, 'nodes reach each other through the proxies only');
}

const isLinux = process.platform === 'linux';

test('three nodes lose nothing under faults', { skip: !isLinux }, async (t) => {
  assertGood(await runChaos({ ...short, programs: ['millrace'], seed: 1, directory: tempDirFor(t) }));
});

test('what acks=1 loses is found: a leader that is cut off goes on answering', { skip: !isLinux }, async (t) => {
  const options = { ...short, programs: ['millrace'], only: ['isolate-leader'], acks: 1 } as const;
  // Whether another is elected before the leader is back is the machine's to say: one such time is enough.
  for (let seed = 3; ; seed++) {
    const { findings } = await runChaos({ ...options, seed, directory: tempDirFor(t) });
    const kinds = new Set(findings.map(({ kind }) => kind));
    assert.ok(!kinds.has('diverged') && !kinds.has('phantom'), JSON.stringify([...kinds]));
    if (kinds.has('lost') || kinds.has('inconsistent-offset')) break;
    assert.ok(seed < 8, 'nothing was lost');
  }
});

test('a quorum of two nodes of Apache Kafka and one of ours loses nothing under faults', {
  skip: !isLinux,
}, async (t) => {
  if (!requireApacheKafka(t)) return;
  const programs = ['millrace', 'apache', 'apache'] as const;
  const only = ['kill-leader', 'kill-controller', 'pause', 'isolate'];
  assertGood(await runChaos({ ...short, programs, seed: 2, directory: tempDirFor(t), only }));
});

test('the harness finds nothing wrong with three nodes of Apache Kafka', {
  skip: process.platform !== 'linux',
}, async (t) => {
  if (!requireApacheKafka(t)) return;
  const only = ['kill-leader', 'isolate-controller', 'pause', 'resets'];
  assertGood(await runChaos({ ...short, programs: ['apache'], seed: 1, directory: tempDirFor(t), only }));
});
