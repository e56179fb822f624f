/** Checksums and compression as arguments: native on Node, plain twins elsewhere (native-bindings/). */
export interface Checksum {
  /** CRC-32C (Castagnoli) as an unsigned 32-bit number; `initial` continues an earlier sum. */
  crc32c(bytes: Uint8Array, initial?: number): number;
}

/** Compression codecs by their number in the attributes of a record batch. */
export const compressionCodec = { none: 0, gzip: 1, snappy: 2, lz4: 3, zstd: 4 } as const;
export type CompressionCodec = (typeof compressionCodec)[keyof typeof compressionCodec];

export class CompressionError extends Error {
  override readonly name = 'CompressionError';
  /** `corrupt`: the bytes are not what the codec says. `too-large`: they would inflate to more than the limit. */
  readonly reason: 'corrupt' | 'too-large';

  constructor(reason: 'corrupt' | 'too-large', message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface Compression {
  /** Inflates to at most `maxBytes`, checked before and while inflating. Throws CompressionError. */
  decompress(codec: CompressionCodec, bytes: Uint8Array, maxBytes: number): Uint8Array;
  /**
   * The same for what a thread that others wait for inflates: what is larger than `batchLimits` lets it be is told to be
   * `too-large`. The answer is valid until the next call.
   */
  decompressBriefly(codec: CompressionCodec, bytes: Uint8Array): Uint8Array;
  /** Deflates as Kafka's own clients would frame it (xerial blocks for snappy, LZ4 frames, gzip, zstd frames). */
  compress(codec: CompressionCodec, bytes: Uint8Array, level: number | undefined): Promise<Uint8Array>;
}
