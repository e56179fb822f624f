import type { Bench } from 'tinybench';
import { compressionCodec } from '../../engine/base/codec.ts';
import { compression, plainCompression } from '../../native-bindings/compression.ts';

const codecs = ['gzip', 'snappy', 'lz4', 'zstd'] as const;
const inflatedBytes = 65_536;

/** 64 KB of lines that look like a log's, each codec both ways, native and plain. */
export async function register(bench: Bench): Promise<void> {
  const text = Array.from(
    { length: 2000 },
    (_, line) => `${line * 7919} GET /topics/${line % 37} 200 ${line % 11} ms\n`,
  );
  const bytes = Buffer.from(text.join('')).subarray(0, inflatedBytes);
  for (const name of codecs) {
    const codec = compressionCodec[name];
    const deflated = await compression.compress(codec, bytes, undefined);
    for (const [kind, ours] of [
      ['native', compression],
      ['plain', plainCompression],
    ] as const) {
      bench.add(`${name}, 64 KB to ${deflated.length} bytes, ${kind}`, async () => {
        await ours.compress(codec, bytes, undefined);
      });
      bench.add(`${name}, ${deflated.length} bytes to 64 KB, ${kind}`, () => {
        ours.decompress(codec, deflated, inflatedBytes);
      });
    }
  }
}
