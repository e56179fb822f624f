/**
 * The variable-length integers inside a batch: little-endian groups of seven bits, zig-zag signed (Kafka protocol
 * documentation, "Record"). Writers for known sizes; the readers that need speed are in record-cursor.ts.
 */

/** Bytes of an int32 as a zig-zag varint: 1 to 5. */
export function varintSize(value: number): number {
  const zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  if (zigzag < 0x80) return 1;
  if (zigzag < 0x4000) return 2;
  if (zigzag < 0x20_0000) return 3;
  return zigzag < 0x1000_0000 ? 4 : 5;
}

/** Answers the position after it. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  let to = at;
  while (rest >= 0x80) {
    bytes[to++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[to++] = rest;
  return to;
}

/** Bytes of a safe integer as a zig-zag varlong: 1 to 8. */
export function varlongSize(value: number): number {
  let rest = zigzagOf(value);
  let size = 1;
  while (rest >= 0x80) {
    rest = Math.floor(rest / 0x80);
    size++;
  }
  return size;
}

/** Answers the position after it. Exact for integers within ±2^52. */
export function writeVarlong(bytes: Uint8Array, at: number, value: number): number {
  let rest = zigzagOf(value);
  let to = at;
  while (rest >= 0x80) {
    bytes[to++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  bytes[to++] = rest;
  return to;
}

function zigzagOf(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}
