import type { SeededRandom } from '../support/seeded-random.ts';

/** A copy of `bytes` with a few of the changes that bytes suffer: flips, lengths and counts at their limits, cuts. */
export function mutate(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const changed = bytes.slice();
  if (changed.length === 0) return changed;
  for (let n = 1 + random.below(3); n > 0; n--) {
    const at = random.below(changed.length);
    const kind = random.below(4);
    if (kind === 0) changed[at] = random.below(256);
    else if (kind === 1) changed[at]! ^= 1 << random.below(8);
    else if (kind === 2) changed.set([0x7f, 0xff, 0xff, 0xff].slice(0, changed.length - at), at);
    else changed.set([0xff, 0xff, 0xff, 0xff, 0x07].slice(0, changed.length - at), at);
  }
  return random.oneIn(3) ? changed.subarray(0, random.below(changed.length)) : changed;
}
