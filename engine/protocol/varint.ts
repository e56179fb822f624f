/**
 * Sizes and zigzag of the protocol's variable-length integers (little-endian groups of seven bits). Reading and writing
 * them is in Reader and Writer; record batches, which use the signed forms, have these at hand.
 */

/** Bytes of an unsigned 32-bit value: 1 to 5. */
export function unsignedVarintBytes(value: number): number {
  const v = value >>> 0;
  if (v < 0x80) return 1;
  if (v < 0x4000) return 2;
  if (v < 0x200000) return 3;
  if (v < 0x10000000) return 4;
  return 5;
}

/** Bytes of a signed 32-bit value in zigzag form: 1 to 5. */
export function varintBytes(value: number): number {
  return unsignedVarintBytes(zigzag32(value));
}

/** Bytes of a signed value in zigzag form, up to the 53 bits that a number holds exactly: 1 to 8. */
export function varlongBytes(value: number): number {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  let bytes = 1;
  while (rest >= 0x80) {
    rest = Math.floor(rest / 0x80);
    bytes++;
  }
  return bytes;
}

/** 0, -1, 1, -2 … to 0, 1, 2, 3 …, as an unsigned 32-bit number. */
export function zigzag32(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}

export function unzigzag32(value: number): number {
  return (value >>> 1) ^ -(value & 1);
}
