import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bucketCount, bucketOf, countBelow, lowerBoundUs, quantileMs } from '#engine/node/metrics/latency-buckets.ts';
import fc from '../../../../support/fast-check.ts';

test('every time lies in its bucket, whose width is at most an eighth of its beginning', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 27 - 1 }), (us) => {
      // A hair more, for the way through milliseconds and back.
      const bucket = bucketOf((us + 0.25) / 1000);
      assert.ok(lowerBoundUs(bucket) <= us && us < lowerBoundUs(bucket + 1), `${us} µs in bucket ${bucket}`);
      if (us >= 16) assert.ok(lowerBoundUs(bucket + 1) - lowerBoundUs(bucket) <= lowerBoundUs(bucket) / 8);
    }),
  );
});

test('buckets lie side by side; what is out of range is in the first or the last', () => {
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    assert.ok(lowerBoundUs(bucket + 1) > lowerBoundUs(bucket));
    assert.equal(bucketOf((lowerBoundUs(bucket) + 0.25) / 1000), bucket);
  }
  assert.equal(bucketOf(-5), 0);
  assert.equal(bucketOf(Number.NaN), 0);
  assert.equal(bucketOf(1e12), bucketCount - 1);
  assert.equal(bucketOf(Number.POSITIVE_INFINITY), bucketCount - 1);
});

test('quantiles are those of the sorted times, within an eighth', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.02, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 300 }),
      fc.constantFrom(0.5, 0.75, 0.95, 0.99, 0.999),
      (times, quantile) => {
        const counts = new Float64Array(bucketCount);
        for (const ms of times) counts[bucketOf(ms)]! += 1;
        const sorted = times.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil(quantile * times.length)) - 1]!;
        const found = quantileMs(counts, quantile);
        assert.ok(Math.abs(found - exact) <= exact / 8 + 0.001, `${found} for ${exact}`);
      },
    ),
  );
  assert.ok(Number.isNaN(quantileMs(new Float64Array(bucketCount), 0.5)));
});

test('counts below a doubling are exact', () => {
  const counts = new Float64Array(bucketCount);
  const times = [0.001, 0.063, 0.064, 0.065, 1.023, 1.025, 70_000];
  for (const ms of times) counts[bucketOf(ms + 1e-6)]! += 1;
  assert.deepEqual(
    [6, 7, 10, 24].map((bits) => countBelow(counts, bits)),
    [6, 7, 10, 24].map((bits) => times.filter((ms) => ms * 1000 < 2 ** bits).length),
  );
});
