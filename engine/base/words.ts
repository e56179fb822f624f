/**
 * Integers up to 2^53 in two Int32 words, as descriptors and lists between threads carry them: high word first.
 */
export function putWide(words: Int32Array, at: number, value: number): void {
  words[at] = Math.floor(value / 0x100000000);
  words[at + 1] = value | 0;
}

export function getWide(words: Int32Array, at: number): number {
  return words[at]! * 0x100000000 + (words[at + 1]! >>> 0);
}
