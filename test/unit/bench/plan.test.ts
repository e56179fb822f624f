import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions, workloadNames } from '../../../bench/options.ts';
import { planOf } from '../../../bench/plan.ts';

const plan = (...args: string[]) => planOf(readOptions(args, 'host')!);
const namesOf = (...args: string[]) => plan(...args).map(({ name }) => name);

test('the short suite has every workload and takes about a quarter of an hour', () => {
  const steps = plan();
  for (const name of workloadNames)
    assert.ok(
      steps.some((step) => step.name === name),
      name,
    );
  const minutes = steps.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  assert.ok(minutes > 10 && minutes < 20, `${minutes} minutes`);
});

test('the whole suite has all of the short one, more rates and more points; no name stands twice', () => {
  const full = namesOf('--full');
  assert.equal(new Set(full).size, full.length);
  for (const name of namesOf()) assert.ok(full.includes(name), name);
  assert.ok(full.includes('latency rate=20000') && full.includes('produce batch=1 partitions=1000'));
});

test('what is asked for by name is all that is run', () => {
  assert.deepEqual(namesOf('--workload', 'fetch', '--point', 'acks=1'), ['fetch', 'produce batch=64k acks=1']);
  assert.deepEqual(namesOf('--full', '--only', 'batch=64k codec=l'), ['produce batch=64k codec=lz4']);
  assert.deepEqual(namesOf('--workload', 'latency', '--rate', '50'), ['latency rate=50']);
});

test('points have the rounds of points', () => {
  const [workload, point] = plan('--workload', 'fetch', '--point', 'acks=1');
  assert.deepEqual([workload.options.rounds, point.options.rounds], [7, 5]);
  assert.ok(workload.seconds > point.seconds);
});
