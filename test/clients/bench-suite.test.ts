/** The bench suite end to end, as small as it can be: a node of ours, the sink, and the load between them. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { startBroker } from '../../bench/brokers.ts';
import { latencyRound } from '../../bench/latency.ts';
import { names } from '../../bench/load/topics.ts';
import { readOptions } from '../../bench/options.ts';
import { parseRuns, valuesOf } from '../../tools/figures/runs.ts';
import { findProgram } from '../support/find-program.ts';
import { runCommand } from '../support/run-command.ts';
import { skipForWant } from '../support/skip.ts';
import { tempDirFor } from '../support/temp-dir.ts';

const main = resolve(import.meta.dirname, '../../bench/main.ts');
const bench = (...args: string[]) => runCommand(process.execPath, [main, ...args]);

test('a tiny run against a node of ours and the sink: lines, a comparison, a page', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  const directory = tempDirFor(t);
  const results = join(directory, 'results.jsonl');
  const { code, stdout, stderr } = await bench(
    ...['--workload', 'produce-1', '--point', 'batch=10 codec=lz4 flush=1 keyed=yes', '--no-peer', '--json'],
    ...['--rounds', '2', '--first-rounds', '0', '--seconds', '0.2', '--warm-up', '0.05', '--ballast-gb', '0'],
    ...['--results', results, '--log-root', directory],
  );
  assert.equal(code, 0, stderr);
  const lines = readFileSync(results, 'utf8');
  assert.equal(stdout, lines);
  const runs = parseRuns(lines);
  const point = 'produce batch=10 codec=lz4 flush=1 keyed=yes';
  assert.deepEqual(
    runs.map(({ workload }) => workload),
    ['produce-1', point],
  );
  assert.equal(runs[0].suite, runs[1].suite);
  for (const run of runs) {
    for (const target of ['ours', 'sink'] as const) {
      const values = valuesOf(run, target, 'records/s');
      assert.ok(values.length === 2 && values.every((value) => value > 0), `${run.workload}, ${target}: ${values}`);
    }
  }
  assert.doesNotMatch(stderr, /Warning/);
  assert.match(stderr, /^\[1\/2\] produce-1, about .*\n\[2\/2\] produce batch=10/);

  const compared = await bench('compare', results, results, '--fail', '--alpha', '1', '--all');
  assert.equal(compared.code, 0, compared.stderr);
  assert.match(compared.stdout, / 0 better, 0 unclear, \d+ same\n$/);
  const page = join(directory, 'page.html');
  assert.equal((await bench('report', results, '--out', page)).code, 0);
  assert.match(readFileSync(page, 'utf8'), /<svg[\s\S]*produce batch=10 codec=lz4/);
});

test('one of two directories stalls, a tiny run: who writes there notices, heartbeats come through', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  const directory = tempDirFor(t);
  const results = join(directory, 'results.jsonl');
  const { code, stderr } = await bench(
    ...['--workload', 'stall', '--no-peer', '--rounds', '1', '--results', results, '--log-root', directory],
  );
  assert.equal(code, 0, stderr);
  const [run] = parseRuns(readFileSync(results, 'utf8'));
  const [stalled] = valuesOf(run, 'ours', 'longest in the stalling directory ms');
  const [other] = valuesOf(run, 'ours', 'p99 us');
  const [beat] = valuesOf(run, 'ours', 'longest heartbeat ms');
  assert.ok(stalled > 250, `${stalled} ms`);
  assert.ok(other > 0 && beat > 0 && beat < stalled, `${other} us, ${beat} ms`);
});

test('the sink that stores what is produced answers too, and leaves nothing behind', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  const directory = tempDirFor(t);
  const results = join(directory, 'results.jsonl');
  const { code, stderr } = await bench(
    ...['--workload', 'produce-1', '--sink-stores', '--no-peer', '--no-ours', '--results', results],
    ...['--rounds', '1', '--first-rounds', '0', '--seconds', '0.2', '--warm-up', '0.05', '--ballast-gb', '0'],
    ...['--log-root', directory],
  );
  assert.equal(code, 0, stderr);
  const [value] = valuesOf(parseRuns(readFileSync(results, 'utf8'))[0], 'sink', 'MB/s');
  assert.ok(value > 0, `${value} MB/s`);
  assert.deepEqual(readdirSync(directory), ['results.jsonl']);
});

test('a tiny run against a cluster of ours: a load, and a fail-over', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  const directory = tempDirFor(t);
  const results = join(directory, 'results.jsonl');
  const small = ['--no-peer', '--rounds', '1', '--first-rounds', '0', '--seconds', '0.3', '--warm-up', '0.1'];
  for (const only of ['produce-64k partitions', 'failover controller']) {
    const ran = await bench('cluster', '--only', only, ...small, '--results', results, '--log-root', directory);
    assert.equal(ran.code, 0, ran.stderr);
  }
  const runs = parseRuns(readFileSync(results, 'utf8'));
  const [produced] = valuesOf(runs[0], 'ours', 'records/s');
  const [failedOver] = valuesOf(runs[1], 'ours', 'controller killed, topic made ms');
  assert.ok(produced > 0 && failedOver > 0, `${produced} records/s, ${failedOver} ms`);
});

test('groups: commits are taken, and many members come to one generation', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  const directory = tempDirFor(t);
  const results = join(directory, 'results.jsonl');
  const { code, stderr } = await bench(
    ...['--workload', 'commits', '--workload', 'group', '--no-peer', '--results', results, '--log-root', directory],
    ...['--rounds', '2', '--first-rounds', '0', '--seconds', '0.2', '--warm-up', '0.05', '--ballast-gb', '0'],
  );
  assert.equal(code, 0, stderr);
  const [commits, group] = parseRuns(readFileSync(results, 'utf8'));
  for (const [run, figure] of [
    [commits, 'commits/s'],
    [group, 'stable after ms'],
  ] as const) {
    const values = valuesOf(run, 'ours', figure);
    assert.ok(values.length === 2 && values.every((value) => value > 0), `${figure}: ${values}`);
  }
});

test('what cannot be done is one line and status 2; a regression is status 1 where that is asked for', async (t) => {
  for (const args of [
    ['--workload', 'none'],
    ['compare', 'a', 'b'],
    ['compare'],
    ['report', 'absent'],
    ['--only', 'x'],
  ]) {
    const { code, stderr } = await bench(...args);
    assert.equal(code, 2, args.join(' '));
    assert.doesNotMatch(stderr, /\n {4}at /);
  }
  const directory = tempDirFor(t);
  const [before, after] = [10, 5].map((value) => {
    const file = join(directory, `${value}.jsonl`);
    const figures = { 'MB/s': value };
    const summary = { ours: { 'MB/s': { median: value, low: value, high: value, rounds: 7 } } };
    const rounds = Array.from({ length: 7 }, () => ({ target: 'ours', figures }));
    const machine = { cpu: 'A CPU', cores: 2 };
    writeFileSync(
      file,
      `${JSON.stringify({ at: '2026', workload: 'fetch', commit: 'abc', machine, summary, rounds })}\n`,
    );
    return file;
  });
  assert.equal((await bench('compare', before, after)).code, 0);
  assert.equal((await bench('compare', before, after, '--fail')).code, 1);
  assert.equal((await bench('compare', after, before, '--fail')).code, 0);
});

test('a node that stalls pays in its latency for every record that it held up', async (t) => {
  if (findProgram('cc') === null && !skipForWant(t, 'a C compiler')) return;
  const args = ['--rate', '100', '--seconds', '3', '--warm-up', '0', '--log-root', tempDirFor(t)];
  const options = readOptions(args, 'host')!;
  const { target } = await startBroker('ours', options);
  try {
    assert.ok(await names(target.port, 0));
    const stallMs = 200;
    // Stopped half of the time: half of the records are due in a stall, and half of those wait for half of it.
    let isStopped = false;
    const stalls = setInterval(() => {
      isStopped = !isStopped;
      process.kill(target.pid, isStopped ? 'SIGSTOP' : 'SIGCONT');
    }, stallMs);
    const round = await latencyRound(target, 'stalled', options).finally(() => clearInterval(stalls));
    assert.ok(round.records >= 299 && round.records <= 301, `${round.records} records`);
    assert.ok(round.p95 >= (stallMs / 2) * 1000, `${round.p95} us`);
    assert.ok(round.max >= round.p999 && round.p999 >= round.p99 && round.p99 >= round.p95);
  } finally {
    process.kill(target.pid, 'SIGCONT');
    await target.stop();
  }
});
