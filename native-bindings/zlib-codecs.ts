/** gzip and zstd by node:zlib, whose inflating stops at a limit. */
import { constants, gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { CompressionError } from '../engine/base/codec.ts';

/** Output is collected in pieces of this size at most, whatever the bytes claim. */
const mostChunkBytes = 1_048_576;
const leastChunkBytes = 4096;
/** Typical text inflates to some four times its size; a wrong guess costs another piece. */
const guessedRatio = 4;

export function gzipDecompress(bytes: Uint8Array, maxBytes: number): Uint8Array {
  return bounded('gzip', bytes, maxBytes, gunzipSync);
}

export function gzipCompress(bytes: Uint8Array, level: number | undefined): Uint8Array {
  return gzipSync(bytes, { level: level ?? constants.Z_DEFAULT_COMPRESSION });
}

export function zstdDecompress(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const claimed = zstdContentSize(bytes);
  if (claimed !== null && claimed > maxBytes) throw tooLarge('zstd', maxBytes);
  return bounded('zstd', bytes, maxBytes, zstdInflate);
}

/** What does not begin another frame is not read, and no error to node:zlib; to Apache Kafka it is. */
function zstdInflate(bytes: Uint8Array, options: InflateOptions): Uint8Array {
  const { buffer, engine } = zstdDecompressSync(bytes, { ...options, info: true }) as unknown as Informed;
  if (engine.bytesWritten !== bytes.length) throw new Error('bytes behind the last frame');
  return buffer;
}

/** With `info` the answer is more than bytes: see the documentation of node:zlib. */
interface Informed {
  readonly buffer: Uint8Array;
  /** `bytesWritten` are those that were read. */
  readonly engine: { readonly bytesWritten: number };
}

export function zstdCompress(bytes: Uint8Array, level: number | undefined): Uint8Array {
  if (level === undefined) return zstdCompressSync(bytes);
  return zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: level } });
}

interface InflateOptions {
  readonly maxOutputLength: number;
  readonly chunkSize: number;
}
type Inflate = (bytes: Uint8Array, options: InflateOptions) => Uint8Array;

function bounded(name: string, bytes: Uint8Array, maxBytes: number, inflate: Inflate): Uint8Array {
  const guess = Math.min(bytes.length * guessedRatio, maxBytes + 1, mostChunkBytes);
  try {
    // A limit of 0 means none to node:zlib.
    const inflated = inflate(bytes, {
      maxOutputLength: Math.max(1, maxBytes),
      chunkSize: Math.max(leastChunkBytes, guess),
    });
    if (inflated.length > maxBytes) throw tooLarge(name, maxBytes);
    return inflated;
  } catch (error) {
    if (error instanceof CompressionError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name, maxBytes);
    throw new CompressionError('corrupt', `${name}: ${(error as Error).message}`);
  }
}

function tooLarge(name: string, maxBytes: number): CompressionError {
  return new CompressionError('too-large', `${name}: inflates to more than ${maxBytes} bytes`);
}

/** The size that the first frame claims for itself (RFC 8878, section 3.1.1.1); null where it says nothing. */
function zstdContentSize(bytes: Uint8Array): number | null {
  if (bytes.length < 6 || bytes[0] !== 0x28 || bytes[1] !== 0xb5 || bytes[2] !== 0x2f || bytes[3] !== 0xfd) return null;
  const descriptor = bytes[4];
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >>> 6;
  const sizeBytes = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 1 << sizeFlag;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3];
  const start = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes;
  if (sizeBytes === 0 || start + sizeBytes > bytes.length) return null;
  let size = 0;
  for (let at = start + sizeBytes - 1; at >= start; at--) size = size * 256 + bytes[at];
  return sizeBytes === 2 ? size + 256 : size;
}
