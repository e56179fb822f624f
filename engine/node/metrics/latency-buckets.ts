/**
 * Buckets of a histogram of times: exact to 16 µs, then eight to each doubling, up to two minutes. A bucket's width is at
 * most an eighth of its lower bound, which bounds the error of a quantile. Whole doublings end buckets, so that coarser
 * histograms are exact sums of these.
 */
const linear = 16;
const linearBits = 4;
const perDoubling = 8;
const perDoublingBits = 3;
const mostBits = 27;

export const bucketCount = linear + (mostBits - linearBits) * perDoubling;
const mostUs = 2 ** mostBits - 1;

/** The bucket of a time in milliseconds. Times that are too long are in the last one. */
export function bucketOf(ms: number): number {
  const us = ms <= 0 ? 0 : Math.min(ms * 1000, mostUs) | 0;
  if (us < linear) return us;
  const bits = 31 - Math.clz32(us);
  return linear + (bits - linearBits) * perDoubling + ((us >> (bits - perDoublingBits)) & (perDoubling - 1));
}

/** Microseconds at which a bucket begins; that of `bucketCount` is where the last one ends. */
export function lowerBoundUs(bucket: number): number {
  if (bucket < linear) return bucket;
  const doubling = Math.floor((bucket - linear) / perDoubling);
  const part = (bucket - linear) % perDoubling;
  return 2 ** (doubling + linearBits) + part * 2 ** (doubling + linearBits - perDoublingBits);
}

/**
 * The time in milliseconds below which `quantile` (0 to 1) of the counted times lie, in the middle of its bucket. NaN:
 * nothing was counted.
 */
export function quantileMs(counts: Float64Array, quantile: number): number {
  let total = 0;
  for (let bucket = 0; bucket < bucketCount; bucket++) total += counts[bucket]!;
  if (total === 0) return Number.NaN;
  const wanted = Math.max(1, Math.ceil(quantile * total));
  let seen = 0;
  let bucket = 0;
  for (; bucket < bucketCount - 1; bucket++) {
    seen += counts[bucket]!;
    if (seen >= wanted) break;
  }
  return (lowerBoundUs(bucket) + lowerBoundUs(bucket + 1)) / 2000;
}

/** How many of the counted times are shorter than 2^bits µs. */
export function countBelow(counts: Float64Array, bits: number): number {
  const end = linear + (bits - linearBits) * perDoubling;
  let count = 0;
  for (let bucket = 0; bucket < end; bucket++) count += counts[bucket]!;
  return count;
}
