import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showComparisons } from '../../../../bench/compare/command.ts';
import { compareRuns, judge } from '../../../../bench/compare/compare.ts';
import { spread } from '../../../../bench/figures.ts';
import type { Run, Target } from '../../../../tools/figures/runs.ts';
import { SeededRandom } from '../../../support/seeded-random.ts';

const limits = { alpha: 0.01, threshold: 0.05 };
const machine = { cpu: 'A CPU', cores: 2, memoryMb: 16_000, system: 'linux', node: 'v26' };

/** Rounds around a middle, evenly within so many percent of it. */
function noisy(middle: number, percent: number, rounds: number, random: SeededRandom): number[] {
  return Array.from({ length: rounds }, () => middle * (1 + ((random.below(20_001) / 10_000 - 1) * percent) / 100));
}

function runOf(workload: string, figure: string, values: Readonly<Partial<Record<Target, readonly number[]>>>): Run {
  const targets = Object.entries(values) as [Target, readonly number[]][];
  const summary = Object.fromEntries(targets.map(([target, all]) => [target, { [figure]: spread(all) }]));
  const rounds = targets.flatMap(([target, all]) => all.map((value) => ({ target, figures: { [figure]: value } })));
  return { at: '2026-01-01', workload, commit: 'abc', dirty: false, machine, summary, rounds };
}

const byName = (...runs: Run[]) => new Map(runs.map((run) => [run.workload, run]));

test('a shift well beyond the noise has a verdict, the other way round the opposite one', () => {
  const random = new SeededRandom(1);
  for (let i = 0; i < 50; i++) {
    const [a, b] = [noisy(100, 3, 7, random), noisy(80, 3, 7, random)];
    assert.equal(judge(a, b, false, limits).verdict, 'worse');
    assert.equal(judge(b, a, false, limits).verdict, 'better');
    assert.equal(judge(a, b, true, limits).verdict, 'better');
    assert.equal(judge(b, a, true, limits).verdict, 'worse');
  }
});

test('of one and the same distribution hardly ever more than alpha allows', () => {
  const random = new SeededRandom(2);
  const trials = 2000;
  let alarms = 0;
  for (let i = 0; i < trials; i++) {
    const [a, b] = [noisy(100, 30, 7, random), noisy(100, 30, 7, random)];
    if (judge(a, b, false, limits).verdict !== 'same') alarms++;
  }
  // Of 2,000 trials 20 may; 40 are more than four standard deviations off.
  assert.ok(alarms > 0 && alarms < 40, `${alarms} of ${trials}`);
});

test('a shift within the noise, and a sure one below the threshold, are the same', () => {
  assert.equal(
    judge([90, 95, 100, 105, 110, 115, 120], [85, 90, 95, 99, 104, 109, 112], false, limits).verdict,
    'same',
  );
  const sure = judge([100, 100.1, 100.2, 100.3, 100.4], [102, 102.1, 102.2, 102.3, 102.4], false, limits);
  assert.equal(sure.verdict, 'same');
  assert.ok(sure.chance < 0.01);
});

test('too few rounds are said to be too few', () => {
  assert.equal(judge([100, 101, 102], [50, 51, 52], false, limits).verdict, 'unclear');
  assert.equal(judge([100, 101, 102], [50, 51, 52], false, { ...limits, alpha: 0.1 }).verdict, 'worse');
});

test('what slowed ours and the peer alike is no change of the ratio', () => {
  const ours = [100, 102, 98, 101, 99, 103, 97];
  const peer = ours.map((value) => value / 2);
  const half = (values: readonly number[]) => values.map((value) => value * 0.5);
  const before = byName(runOf('fetch', 'MB/s', { ours, peer }));
  const after = byName(runOf('fetch', 'MB/s', { ours: half(ours), peer: half(peer) }));
  const [byRatio] = compareRuns(before, after, { ...limits, isAbsolute: false });
  assert.deepEqual([byRatio.basis, byRatio.verdict, byRatio.change], ['ratio', 'same', 0]);
  const [absolute] = compareRuns(before, after, { ...limits, isAbsolute: true });
  assert.deepEqual([absolute.basis, absolute.verdict, absolute.change], ['absolute', 'worse', -0.5]);
});

test('without the peer in both, and with rounds that do not pair, our own figures are compared', () => {
  const values = [1, 2, 3, 4, 5, 6, 7];
  const withPeer = byName(runOf('start', 'cold ms', { ours: values, peer: values }));
  for (const other of [{ ours: values }, { ours: values, peer: values.slice(1) }]) {
    const [one] = compareRuns(withPeer, byName(runOf('start', 'cold ms', other)), { ...limits, isAbsolute: false });
    assert.equal(one.basis, 'absolute');
  }
});

test('only what both runs have is compared, and not what the client took', () => {
  const values = [1, 2, 3];
  const before = byName(runOf('fetch', 'MB/s', { ours: values }), runOf('gone', 'MB/s', { ours: values }));
  const after = byName(runOf('fetch', 'MB/s', { ours: values }), runOf('new', 'MB/s', { ours: values }));
  const options = { ...limits, isAbsolute: false };
  assert.deepEqual(
    compareRuns(before, after, options).map(({ workload }) => workload),
    ['fetch'],
  );
  const client = byName(runOf('fetch', 'client CPU s/GB', { ours: values }));
  assert.deepEqual(compareRuns(client, client, options), []);
});

test('what is worse is shown first, what is the same is only counted', () => {
  const [low, high] = [
    [1, 1.1, 1.2, 1.3, 1.4],
    [2, 2.1, 2.2, 2.3, 2.4],
  ];
  const before = byName(
    runOf('a', 'MB/s', { ours: low }),
    runOf('b', 'MB/s', { ours: high }),
    runOf('c', 'MB/s', { ours: low }),
  );
  const after = byName(
    runOf('a', 'MB/s', { ours: high }),
    runOf('b', 'MB/s', { ours: low }),
    runOf('c', 'MB/s', { ours: low }),
  );
  const comparisons = compareRuns(before, after, { ...limits, isAbsolute: false });
  const lines = showComparisons(comparisons, false).trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => line.split('  ')[0]),
    ['worse', 'better', '1 worse, 1 better, 0 unclear, 1 same'],
  );
  assert.match(lines[0], /b {2}MB\/s {2}2\.2 \(2\.1–2\.3\) → 1\.2 \(1\.1–1\.3\) {2}-45\.5 % +p=0\.0079/);
  assert.equal(showComparisons(comparisons, true).trimEnd().split('\n').length, 4);
});
