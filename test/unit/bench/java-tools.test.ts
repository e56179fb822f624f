import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConsumerPerformance, readProducerPerformance } from '../../../bench/java-tools.ts';

test('the totals after the warm-up are what counts', () => {
  const said = `1000 records sent, 10.0 records/sec (0.50 MB/sec), 1.0 ms avg latency, 2.0 ms max latency.
2000 records sent, 20.0 records/sec (1.00 MB/sec), 1.00 ms avg latency, 99.00 ms max latency, 1 ms 50th, 2 ms 95th, 3 ms 99th, 4 ms 99.9th.
1800 steady state records sent, 345678.5 records/sec (32.50 MB/sec), 1.50 ms avg latency, 88.00 ms max latency, 5 ms 50th, 6 ms 95th, 7 ms 99th, 8 ms 99.9th.
`;
  assert.deepEqual(readProducerPerformance(said), {
    'records/s': 345_678.5,
    'MB/s': 32.5 * 1.048576,
    'p50 ms': 5,
    'p99 ms': 7,
    'p99.9 ms': 8,
    'max ms': 88,
  });
});

test('without a warm-up there is one line of totals', () => {
  const said =
    '2000 records sent, 20.5 records/sec (1.00 MB/sec), 1.00 ms avg latency, 99.00 ms max latency, 1 ms 50th, 2 ms 95th, 3 ms 99th, 4 ms 99.9th.\n';
  assert.equal(readProducerPerformance(said)['records/s'], 20.5);
});

test('consumer totals are found by their names', () => {
  const said = `start.time, end.time, data.consumed.in.MB, MB.sec, data.consumed.in.nMsg, nMsg.sec, rebalance.time.ms, fetch.time.ms, fetch.MB.sec, fetch.nMsg.sec
2026-01-01 00:00:00:000, 2026-01-01 00:00:01:000, 95.3674, 50.0, 1000000, 500000.0, 300, 1700, 60.0, 588235.3
`;
  assert.deepEqual(readConsumerPerformance(said), {
    'records/s': 500_000,
    'MB/s': 50 * 1.048576,
    'fetch MB/s': 60 * 1.048576,
    'rebalance ms': 300,
  });
});

test('output without totals is an error that shows it', () => {
  assert.throws(() => readProducerPerformance('Exception in thread "main"'), /no totals: Exception/);
  assert.throws(() => readConsumerPerformance('MB.sec\n'), /no totals/);
  assert.throws(() => readConsumerPerformance(''), /no totals/);
});
