import type { Bench } from 'tinybench';
import { checksum, chosenChecksum, plainChecksum } from '../../native-bindings/checksum.ts';

/** CRC-32C over what a produce brings: one small record, and a full batch. */
export function register(bench: Bench): void {
  const bytes = new Uint8Array(new SharedArrayBuffer(65_536)).map((_, at) => at * 31);
  for (const sizeBytes of [150, 65_536]) {
    const part = bytes.subarray(0, sizeBytes);
    bench.add(`crc32c, ${sizeBytes} bytes, ${chosenChecksum}`, () => {
      checksum.crc32c(part);
    });
    bench.add(`crc32c, ${sizeBytes} bytes, plain`, () => {
      plainChecksum.crc32c(part);
    });
  }
}
