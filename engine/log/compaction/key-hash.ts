/**
 * SipHash-2-4 with 128 bits of result (Aumasson and Bernstein): a hash that nobody can aim at who does not know its key.
 * Two keys of records with the same hash would be taken for one, and the older record be lost; so the hash is long, and
 * its key is drawn anew for each cleaning.
 */
export class KeyHash {
  readonly #key: Uint32Array;
  /** The last result: the words of two little-endian 64-bit numbers, low words first. */
  readonly words = new Uint32Array(4);

  /** `key` has 4 words. */
  constructor(key: Uint32Array) {
    this.#key = key;
  }

  /** Hashes `length` bytes from `at` on into `words`. */
  hash(bytes: Uint8Array, at: number, length: number): void {
    const key = this.#key;
    // Halves of the four 64-bit words of state: l low, h high.
    let l0 = key[0] ^ 0x70736575;
    let h0 = key[1] ^ 0x736f6d65;
    let l1 = key[2] ^ 0x6e646f6d ^ 0xee;
    let h1 = key[3] ^ 0x646f7261;
    let l2 = key[0] ^ 0x6e657261;
    let h2 = key[1] ^ 0x6c796765;
    let l3 = key[2] ^ 0x79746573;
    let h3 = key[3] ^ 0x74656462;
    let low = 0;
    let high = 0;
    // Two rounds a word of eight bytes, the last of which is filled up with the length; four, and four more, at the end.
    const wordRounds = 2 * ((length >>> 3) + 1);
    for (let round = 0; round < wordRounds + 8; round++) {
      if (round < wordRounds && (round & 1) === 0) {
        const from = round << 2;
        low = halfWord(bytes, at, from, length);
        high = halfWord(bytes, at, from + 4, length);
        if (round === wordRounds - 2) high |= length << 24;
        l3 ^= low;
        h3 ^= high;
      }
      let sum = (l0 >>> 0) + (l1 >>> 0);
      h0 = (h0 + h1 + (sum > 0xffffffff ? 1 : 0)) | 0;
      l0 = sum | 0;
      let rotated = (h1 << 13) | (l1 >>> 19);
      l1 = ((l1 << 13) | (h1 >>> 19)) ^ l0;
      h1 = rotated ^ h0;
      sum = (l2 >>> 0) + (l3 >>> 0);
      h2 = (h2 + h3 + (sum > 0xffffffff ? 1 : 0)) | 0;
      l2 = sum | 0;
      rotated = (h3 << 16) | (l3 >>> 16);
      l3 = ((l3 << 16) | (h3 >>> 16)) ^ l2;
      h3 = rotated ^ h2;
      // The first word was to be turned by 32 bits: its halves change places.
      sum = (h0 >>> 0) + (l3 >>> 0);
      const turned = (l0 + h3 + (sum > 0xffffffff ? 1 : 0)) | 0;
      l0 = sum | 0;
      h0 = turned;
      rotated = (h3 << 21) | (l3 >>> 11);
      l3 = ((l3 << 21) | (h3 >>> 11)) ^ l0;
      h3 = rotated ^ h0;
      sum = (l2 >>> 0) + (l1 >>> 0);
      const upper = (h2 + h1 + (sum > 0xffffffff ? 1 : 0)) | 0;
      rotated = (h1 << 17) | (l1 >>> 15);
      l1 = ((l1 << 17) | (h1 >>> 15)) ^ sum;
      h1 = rotated ^ upper;
      l2 = upper;
      h2 = sum | 0;
      if (round < wordRounds && (round & 1) === 1) {
        l0 ^= low;
        h0 ^= high;
      }
      if (round === wordRounds - 1) l2 ^= 0xee;
      if (round === wordRounds + 3) {
        this.words[0] = l0 ^ l1 ^ l2 ^ l3;
        this.words[1] = h0 ^ h1 ^ h2 ^ h3;
        l1 ^= 0xdd;
      }
    }
    this.words[2] = l0 ^ l1 ^ l2 ^ l3;
    this.words[3] = h0 ^ h1 ^ h2 ^ h3;
  }
}

/** Four bytes as a little-endian number; zeros stand for what lies beyond `length`. */
function halfWord(bytes: Uint8Array, at: number, from: number, length: number): number {
  const start = at + from;
  if (from + 4 <= length) {
    return bytes[start] | (bytes[start + 1] << 8) | (bytes[start + 2] << 16) | (bytes[start + 3] << 24);
  }
  let word = 0;
  for (let i = 0; from + i < length; i++) word |= bytes[start + i] << (8 * i);
  return word;
}
