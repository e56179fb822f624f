import type { Checksum } from '../engine/base/codec.ts';
import { crc32cPlain } from './crc32c-plain.ts';
import { loadNative } from './load-native.ts';

interface Crc32Package {
  crc32c(input: Uint8Array, initialState?: number): number;
}

const native = loadNative<Crc32Package>('@node-rs/crc32');

/** Below this many bytes the plain loop is faster than the call into the native one (0.1 us; measured on Node 26). */
const nativeFromBytes = 192;

export const plainChecksum: Checksum = { crc32c: crc32cPlain };

export const nativeChecksum: Checksum | null =
  native === null
    ? null
    : {
        crc32c(bytes: Uint8Array, initial?: number): number {
          return bytes.length < nativeFromBytes ? crc32cPlain(bytes, initial) : native.crc32c(bytes, initial);
        },
      };

/** The native checksum, or its plain twin. */
export const checksum: Checksum = nativeChecksum ?? plainChecksum;

/** What was chosen, for the log at start. */
export const chosenChecksum = nativeChecksum === null ? 'plain' : '@node-rs/crc32';
