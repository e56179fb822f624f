import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from '../../../bench/options.ts';

const read = (...args: string[]) => readOptions(args, 'host')!;

test('nothing said is the short suite: seven rounds, five of points, and short ones', () => {
  const options = read();
  assert.deepEqual([options.workloads, options.points, options.full], [[], [], false]);
  assert.deepEqual([options.rounds, options.seconds, options.warmUpSeconds], [7, 1.2, 0.4]);
  assert.deepEqual(options.pointTimes, { rounds: 5, firstRounds: 4, seconds: 0.8, warmUpSeconds: 0.3 });
  assert.equal(options.results, 'results/host.jsonl');
});

test('the whole suite, and what is asked for by name, have longer rounds', () => {
  for (const args of [['--full'], ['--workload', 'fetch'], ['--point', 'batch=1']]) {
    const options = read(...args);
    assert.deepEqual([options.rounds, options.seconds, options.warmUpSeconds], [7, 5, 2]);
    assert.deepEqual(options.pointTimes, { rounds: 5, firstRounds: 4, seconds: 2, warmUpSeconds: 0.7 });
  }
});

test('what is said of rounds and their length holds for workloads and points', () => {
  const options = read('--rounds', '2', '--first-rounds', '4', '--seconds', '0.5', '--warm-up', '0');
  const times = { rounds: 2, firstRounds: 4, seconds: 0.5, warmUpSeconds: 0 };
  assert.deepEqual(options.pointTimes, times);
  assert.deepEqual([options.rounds, options.firstRounds, options.seconds, options.warmUpSeconds], [2, 4, 0.5, 0]);
});

test('workloads, points and properties may be repeated', () => {
  const options = read(
    ...['--workload', 'fetch', '--workload', 'latency', '--point', 'batch=1 acks=0', '--point', 'fetch'],
    ...['--property', 'a=b=c', '--property', 'd=e'],
  );
  assert.deepEqual(options.workloads, ['fetch', 'latency']);
  assert.deepEqual(
    options.points.map(({ kind, batch, acks }) => [kind, batch, acks]),
    [
      ['produce', '1', '0'],
      ['fetch', '64k', 'all'],
    ],
  );
  assert.deepEqual(options.properties, { a: 'b=c', d: 'e' });
});

test('help is no run; unknown options, workloads and axes are refused', () => {
  assert.equal(readOptions(['--help'], 'host'), null);
  assert.throws(() => read('--speed', '9'), /Unknown option/);
  assert.throws(() => read('--workload', 'nothing'), /there is no workload nothing/);
  assert.throws(() => read('--seconds', 'many'), /seconds is not a number/);
  assert.throws(() => read('--rounds', '0'), /at least one round/);
  assert.throws(() => read('--point', 'colour=red'), /there is no axis colour/);
  assert.throws(() => read('--point', 'codec=brotli'), /codec is one of none, gzip/);
});
