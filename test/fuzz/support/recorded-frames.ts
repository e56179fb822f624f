import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One frame a line, in hexadecimal and without its size: what clients sent to a node. See record.ts. */
export const recordedFile = join(import.meta.dirname, '../recorded-frames.txt');

let frames: readonly Uint8Array[] | undefined;

export function recordedFrames(): readonly Uint8Array[] {
  frames ??= readFileSync(recordedFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Uint8Array.from(Buffer.from(line.split(' ')[1]!, 'hex')));
  return frames;
}
