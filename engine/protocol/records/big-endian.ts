/**
 * Big-endian numbers in bytes, without a DataView: the same functions serve any buffer at any position, shared memory
 * included, and allocate nothing. Callers guarantee that the bytes are there.
 */

export function readInt16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) >> 16) | bytes[at + 1];
}

export function readInt32(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}

export function readUint32(bytes: Uint8Array, at: number): number {
  return readInt32(bytes, at) >>> 0;
}

/**
 * An int64 as a number: exact within ±2^53, rounded to the nearest double beyond. Order is kept, so comparing with a
 * limit is right for every value; whether it is exact says `isSafeInt64`.
 */
export function readInt64(bytes: Uint8Array, at: number): number {
  return readInt32(bytes, at) * 4294967296 + readUint32(bytes, at + 4);
}

/** Whether the int64 lies within -2^53 … 2^53 - 1, where every integer is a number of its own. */
export function isSafeInt64(bytes: Uint8Array, at: number): boolean {
  const high = readInt32(bytes, at);
  return high >= -0x20_0000 && high < 0x20_0000;
}

export function readBigInt64(bytes: Uint8Array, at: number): bigint {
  return (BigInt(readInt32(bytes, at)) << 32n) | BigInt(readUint32(bytes, at + 4));
}

export function writeInt16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 8;
  bytes[at + 1] = value;
}

/** Takes signed and unsigned values alike. */
export function writeInt32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

/** Writes an integer; what lies outside of int64 becomes the nearest int64. */
export function writeInt64(bytes: Uint8Array, at: number, value: number): void {
  if (value >= 2 ** 63) {
    writeInt32(bytes, at, 0x7fff_ffff);
    writeInt32(bytes, at + 4, -1);
    return;
  }
  if (value < -(2 ** 63)) {
    writeInt32(bytes, at, -0x8000_0000);
    writeInt32(bytes, at + 4, 0);
    return;
  }
  const high = Math.floor(value / 4294967296);
  writeInt32(bytes, at, high);
  writeInt32(bytes, at + 4, value - high * 4294967296);
}

export function writeBigInt64(bytes: Uint8Array, at: number, value: bigint): void {
  writeInt32(bytes, at, Number(BigInt.asIntN(32, value >> 32n)));
  writeInt32(bytes, at + 4, Number(BigInt.asIntN(32, value)));
}
