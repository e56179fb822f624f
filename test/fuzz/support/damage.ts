import type { SeededRandom } from '../../support/seeded-random.ts';

/** What happens to files: cut, lengthened, overwritten, with a few bytes changed. */
export function damage(bytes: Uint8Array, random: SeededRandom): Uint8Array {
  const kind = random.below(5);
  if (kind === 0) return bytes.slice(0, random.below(bytes.length + 1));
  if (kind === 1) {
    const longer = new Uint8Array(bytes.length + 1 + random.below(200));
    if (random.oneIn(2)) random.fill(longer);
    longer.set(bytes);
    return longer;
  }
  const damaged = bytes.slice();
  if (kind === 2) random.fill(damaged);
  else {
    for (let i = 1 + random.below(4); i > 0 && damaged.length > 0; i--) {
      damaged[random.below(damaged.length)] = random.oneIn(2)
        ? [0, 1, 0x7f, 0x80, 0xff][random.below(5)]!
        : random.below(256);
    }
  }
  return damaged;
}

/** Text with a few characters changed, and words in place of others. */
export function damageText(text: string, words: readonly string[], random: SeededRandom): string {
  let damaged = text;
  for (let n = 1 + random.below(3); n > 0; n--) {
    const at = random.below(damaged.length + 1);
    const end = random.oneIn(2) ? at : Math.min(damaged.length, at + 1 + random.below(6));
    const instead = random.oneIn(3) ? String.fromCharCode(random.below(256)) : words[random.below(words.length)]!;
    damaged = damaged.slice(0, at) + instead + damaged.slice(end);
  }
  return damaged;
}
