/** CRC-32C (Castagnoli, reflected 0x82F63B78) in TypeScript, eight bytes a step (slicing-by-8). */

const polynomial = 0x82f6_3b78;
const tables = makeTables();

function makeTables(): Int32Array {
  const made = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 0 ? sum >>> 1 : (sum >>> 1) ^ polynomial;
    made[byte] = sum;
  }
  for (let at = 256; at < made.length; at++) {
    const before = made[at - 256];
    made[at] = (before >>> 8) ^ made[before & 0xff];
  }
  return made;
}

/** The checksum of `bytes`, continuing `initial`, as an unsigned number. */
export function crc32cPlain(bytes: Uint8Array, initial = 0): number {
  const table = tables;
  const { length } = bytes;
  let sum = ~initial;
  let at = 0;
  for (const whole = length - 7; at < whole; at += 8) {
    const low = sum ^ (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24));
    sum =
      table[1792 + (low & 0xff)] ^
      table[1536 + ((low >>> 8) & 0xff)] ^
      table[1280 + ((low >>> 16) & 0xff)] ^
      table[1024 + (low >>> 24)] ^
      table[768 + bytes[at + 4]] ^
      table[512 + bytes[at + 5]] ^
      table[256 + bytes[at + 6]] ^
      table[bytes[at + 7]];
  }
  for (; at < length; at++) sum = (sum >>> 8) ^ table[(sum ^ bytes[at]) & 0xff];
  return ~sum >>> 0;
}
