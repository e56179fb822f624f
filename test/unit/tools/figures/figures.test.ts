import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withFigures } from '../../../../tools/figures/main.ts';
import { noResults, renderFigures } from '../../../../tools/figures/render.ts';
import { newestRuns, parseRuns, type Run, readRuns } from '../../../../tools/figures/runs.ts';
import { readSource } from '../../../../tools/source-files.ts';

const spread = (median: number, rounds = 7) => ({ median, low: median * 0.9, high: median * 1.1, rounds });
const machine = { cpu: 'A CPU', cores: 2, memoryMb: 16_000, system: 'linux', node: 'v26' };

function run(at: string, workload: string, ours: number, rounds = 7): Run {
  const summary = { ours: { 'MB/s': spread(ours, rounds) }, peer: { 'MB/s': spread(100, rounds) } };
  return { at, workload, commit: 'abc', dirty: false, machine, summary };
}

test('the figures in the README are those of the newest results', () => {
  const page = readSource('README.md');
  const fresh = withFigures(page, renderFigures(readRuns()));
  assert.equal(page, fresh, 'run `node tools/figures/main.ts`');
});

test('without results the page says how to get some', () => {
  assert.equal(renderFigures([]), noResults);
  assert.equal(renderFigures([{ ...run('2026', 'fetch', 1), summary: {} }]), noResults);
});

test('the newest run of enough rounds stands for its workload', () => {
  const runs = [
    run('2026-01-02', 'fetch', 2),
    run('2026-01-03', 'fetch', 3, 1),
    run('2026-01-01', 'fetch', 1),
    run('2026-01-01', 'produce-1m', 4, 1),
  ];
  const newest = newestRuns(parseRuns(`${runs.map((one) => JSON.stringify(one)).join('\n')}\n`));
  assert.equal(newest.get('fetch')!.at, '2026-01-02');
  assert.equal(newest.get('produce-1m')!.at, '2026-01-01');
});

test('a row shows medians, quartiles, ratios, and where they come from', () => {
  const sink = { 'MB/s': spread(500) };
  const one = run('2026-01-02T03:04:05Z', 'produce-64k', 400);
  const counters = { producedBytes: 1000, copiedProduceBytes: 50 };
  const text = renderFigures([{ ...one, summary: { ...one.summary, sink }, counters }]);
  assert.match(
    text,
    /\| 400 \(360–440\) \| 100 \(90–110\) \| 500 \(450–550\) \| \*\*4×\*\* \| 80 % \| ≥ 3\.5×, then 4× and 55 % of the sink \|/,
  );
  assert.match(text, /produce-64k: 7 rounds; 2026-01-02; commit abc; A CPU × 2, 16 GB, linux, Node v26; 0\.05 bytes/);
});

test('a page without markers is refused', () => {
  assert.throws(() => withFigures('no markers', 'x'));
});
