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

/** As `mutate`, and also pieces left out, doubled, moved or put in, so that all behind them lies elsewhere. */
export function mutateShape(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  if (bytes.length === 0 || random.oneIn(2)) return mutate(bytes, random);
  const from = random.below(bytes.length);
  const to = Math.min(bytes.length, from + 1 + random.below(24));
  const piece = bytes.subarray(from, to);
  switch (random.below(4)) {
    case 0:
      return joined(bytes.subarray(0, from), bytes.subarray(to));
    case 1:
      return joined(bytes.subarray(0, to), piece, bytes.subarray(to));
    case 2:
      return joined(bytes.subarray(to), bytes.subarray(0, to));
    default: {
      const rubbish = new Uint8Array(1 + random.below(12));
      random.fill(rubbish);
      return joined(bytes.subarray(0, from), rubbish, bytes.subarray(from));
    }
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
