import type { Checksum } from '../engine/base/codec.ts';
import { crc32cPlain } from './crc32c-plain.ts';
import { loadNative } from './load-native.ts';
import { nativeRecords } from './native-records.ts';

interface Crc32c {
  crc32c(input: Uint8Array, initial: number): number;
}

/** Below `fromBytes` the plain loop is faster than the call into the native one (measured on Node 26). */
function overNative(native: Crc32c | null, fromBytes: number): Checksum | null {
  if (native === null) return null;
  return {
    crc32c(bytes: Uint8Array, initial = 0): number {
      return bytes.length < fromBytes ? crc32cPlain(bytes, initial) : native.crc32c(bytes, initial);
    },
  };
}

export const plainChecksum: Checksum = { crc32c: crc32cPlain };

/** records.c: 68 GB/s, or 33 on processors without AVX-512; a call 0.05 us. */
export const builtChecksum = overNative(nativeRecords, 96);

/** For where records.c was not built: 8 GB/s, a call 0.1 us. */
export function packageChecksum(): Checksum | null {
  return overNative(loadNative<Crc32c>('@node-rs/crc32'), 192);
}

const fallback = builtChecksum === null ? packageChecksum() : null;

/** The fastest that there is. */
export const checksum: Checksum = builtChecksum ?? fallback ?? plainChecksum;

/** What was chosen, for the log at start. */
export const chosenChecksum = builtChecksum !== null ? 'records.c' : fallback !== null ? '@node-rs/crc32' : 'plain';
