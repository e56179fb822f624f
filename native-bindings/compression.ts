/**
 * Kafka's codecs: native where the packages are installed, plain twins otherwise. Inflating is bounded before (by what
 * the bytes claim, where they claim) and while it goes on. Everything but native zstd works on the calling thread.
 */
import { type Compression, type CompressionCodec, CompressionError, compressionCodec } from '../engine/base/codec.ts';
import { batchLimits } from '../engine/base/limits.ts';
import { inflateBriefly, inflatesBriefly } from './brief-inflate.ts';
import { laterNative } from './load-native.ts';
import { lz4CompressFrame, lz4DecompressFrame, walkLz4Frame } from './lz4-frame.ts';
import { snappyCompressBlock, snappyDecompressBlock } from './snappy-plain.ts';
import { type SnappyBlocks, xerialCompress, xerialDecompress } from './xerial.ts';
import { gzipCompress, gzipDecompress, zstdCompress, zstdDecompress } from './zlib-codecs.ts';

/** What differs between native and plain. */
interface Bindings {
  readonly snappy: SnappyBlocks;
  /** Only given frames that were walked and can't exceed the limit; null: the plain decoder for all. */
  readonly lz4Decompress: ((frame: Uint8Array) => Uint8Array) | null;
  readonly lz4Compress: (bytes: Uint8Array) => Uint8Array;
  readonly zstdCompress: (bytes: Uint8Array, level: number | undefined) => Uint8Array | Promise<Uint8Array>;
  readonly inflatesBriefly: (codec: CompressionCodec) => boolean;
}

interface SnappyPackage {
  compressSync(bytes: Uint8Array, options: SnappyOptions): Uint8Array;
  uncompressSync(block: Uint8Array, options: SnappyOptions): Uint8Array;
}

interface SnappyOptions {
  readonly copyOutputData: boolean;
}

/** A copy into memory of V8's own is several times faster than the external memory that the collector must chase. */
const copied: SnappyOptions = { copyOutputData: true };

interface Lz4Package {
  compressFrameSync(bytes: Uint8Array): Uint8Array;
  decompressFrameSync(frame: Uint8Array): Uint8Array;
}

interface ZstdPackage {
  compress(bytes: Uint8Array, level: number): Promise<Uint8Array>;
}

const snappyPackage = laterNative<SnappyPackage>('snappy');
const lz4Package = laterNative<Lz4Package>('lz4-napi');
/** The package's main entry drops the level that it is given; its bindings take it. */
const zstdPackage = laterNative<ZstdPackage>('@mongodb-js/zstd/bindings.js');

const zstdDefaultLevel = 3;

/** Below this many bytes inflated the plain LZ4 decoder is faster: lz4-napi answers external memory (measured on Node 26). */
const nativeLz4FromBytes = 262_144;

const plainBindings: Bindings = {
  snappy: { compress: snappyCompressBlock, decompress: snappyDecompressBlock },
  lz4Decompress: null,
  lz4Compress: lz4CompressFrame,
  zstdCompress,
  inflatesBriefly: () => false,
};

/** Made at its first use. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const bestSnappy = once((): SnappyBlocks => {
  const bound = snappyPackage?.load() ?? null;
  return bound === null ? plainBindings.snappy : nativeSnappy(bound);
});

const bestLz4Decompress = once((): Bindings['lz4Decompress'] => {
  const bound = lz4Package?.load() ?? null;
  return bound === null ? null : (frame) => native('lz4', () => bound.decompressFrameSync(frame));
});

const bestBindings: Bindings = {
  get snappy() {
    return bestSnappy();
  },
  get lz4Decompress() {
    return bestLz4Decompress();
  },
  lz4Compress: (bytes) => lz4Package?.load()?.compressFrameSync(bytes) ?? lz4CompressFrame(bytes),
  zstdCompress: (bytes, level) =>
    zstdPackage?.load()?.compress(bytes, level ?? zstdDefaultLevel) ?? zstdCompress(bytes, level),
  inflatesBriefly,
};

function nativeSnappy(bound: SnappyPackage): SnappyBlocks {
  return {
    compress: (bytes) => bound.compressSync(bytes, copied),
    decompress: (block) => native('snappy', () => bound.uncompressSync(block, copied)),
  };
}

/** A binding's own error, whatever it is, means that the bytes are not what the codec says. */
function native(name: string, inflate: () => Uint8Array): Uint8Array {
  try {
    return inflate();
  } catch (error) {
    throw new CompressionError('corrupt', `${name}: ${(error as Error).message}`);
  }
}

function makeCompression(bindings: Bindings): Compression {
  return {
    decompress: (codec, bytes, maxBytes) => decompress(codec, bytes, maxBytes, bindings),

    decompressBriefly(codec: CompressionCodec, bytes: Uint8Array): Uint8Array {
      if (bindings.inflatesBriefly(codec)) return inflateBriefly(codec, bytes);
      if (bytes.length > batchLimits.inlineInflateBytes) {
        throw new CompressionError('too-large', `${bytes.length} bytes, compressed`);
      }
      return decompress(codec, bytes, batchLimits.inlineInflateBytes, bindings);
    },

    async compress(codec: CompressionCodec, bytes: Uint8Array, level: number | undefined): Promise<Uint8Array> {
      switch (codec) {
        case compressionCodec.gzip:
          return gzipCompress(bytes, level);
        case compressionCodec.snappy:
          return xerialCompress(bytes, bindings.snappy);
        case compressionCodec.lz4:
          // Neither the binding nor its twin has levels: they are the fast kind of LZ4.
          return bindings.lz4Compress(bytes);
        case compressionCodec.zstd:
          return await bindings.zstdCompress(bytes, level);
        default:
          return bytes;
      }
    },
  };
}

function decompress(codec: CompressionCodec, bytes: Uint8Array, maxBytes: number, bindings: Bindings): Uint8Array {
  switch (codec) {
    case compressionCodec.gzip:
      return gzipDecompress(bytes, maxBytes);
    case compressionCodec.snappy:
      return xerialDecompress(bytes, maxBytes, bindings.snappy);
    case compressionCodec.lz4:
      return lz4Decompress(bytes, maxBytes, bindings);
    case compressionCodec.zstd:
      return zstdDecompress(bytes, maxBytes);
    default:
      if (bytes.length > maxBytes) throw new CompressionError('too-large', `${bytes.length} bytes, not compressed`);
      return bytes;
  }
}

function lz4Decompress(bytes: Uint8Array, maxBytes: number, bindings: Bindings): Uint8Array {
  const frame = walkLz4Frame(bytes);
  const isForNative = frame.mostBytes >= nativeLz4FromBytes && frame.mostBytes <= maxBytes;
  const inflate = isForNative ? bindings.lz4Decompress : null;
  return inflate?.(bytes) ?? lz4DecompressFrame(bytes, frame, maxBytes);
}

export const plainCompression: Compression = makeCompression(plainBindings);

/** Native codecs, each of them its plain twin where it is missing. */
export const compression: Compression = makeCompression(bestBindings);

/** What was chosen, for the log at start. */
export const chosenCompression = {
  gzip: 'node:zlib',
  snappy: snappyPackage === null ? 'plain' : 'snappy',
  lz4: lz4Package === null ? 'plain' : 'lz4-napi',
  zstd: zstdPackage === null ? 'node:zlib' : '@mongodb-js/zstd',
} as const;
