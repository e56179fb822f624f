/** Inflating into memory that a thread keeps for that: no batch costs an allocation, or work for the collector. */
import { type CompressionCodec, CompressionError, compressionCodec } from '../engine/base/codec.ts';
import { batchLimits } from '../engine/base/limits.ts';
import { loadNative } from './load-native.ts';

/** What inflate.c exports. */
interface NativeInflate {
  /** Bytes written to `into`, or one of the answers below. */
  inflate(codec: CompressionCodec, bytes: Uint8Array, into: Uint8Array): number;
  /** A bit for each codec: gzip and zstd are those that Node is linked with, where it shows them. */
  readonly codecs: number;
}

const tooLarge = -2;

const native = loadNative<NativeInflate>('#native/build/inflate.node');

/** This thread's, of which only those pages are there that were ever written. */
let into: Uint8Array | null = null;

export function inflatesBriefly(codec: CompressionCodec): boolean {
  return native !== null && ((native.codecs >>> codec) & 1) === 1;
}

/** Only for codecs of which `inflatesBriefly` says so. The answer is valid until the next call. */
export function inflateBriefly(codec: CompressionCodec, bytes: Uint8Array): Uint8Array {
  into ??= new Uint8Array(batchLimits.nativeInlineInflateBytes);
  const length = native!.inflate(codec, bytes, into);
  if (length >= 0) return into.subarray(0, length);
  const [name] = Object.entries(compressionCodec)[codec]!;
  if (length === tooLarge)
    throw new CompressionError('too-large', `${name}: inflates to more than ${into.length} bytes`);
  throw new CompressionError('corrupt', `${name}: the bytes are not what the codec says`);
}
