import { encodeText, parseInteger, splitAsciiLines } from './text-lines.ts';

export interface EpochStart {
  readonly epoch: number;
  readonly startOffset: number;
}

/** `leader-epoch-checkpoint`: version 0, the number of entries, then `epoch startOffset` a line. */
export function formatEpochs(entries: readonly EpochStart[]): Uint8Array {
  let text = `0\n${entries.length}\n`;
  for (const entry of entries) text += `${entry.epoch} ${entry.startOffset}\n`;
  return encodeText(text);
}

/** Null when the bytes are not such a file. */
export function parseEpochs(bytes: Uint8Array): EpochStart[] | null {
  const lines = splitAsciiLines(bytes);
  if (lines === null || lines[0] !== '0' || lines.length < 2) return null;
  if (parseInteger(lines[1], 0, 0x7fffffff) !== lines.length - 2) return null;
  const entries: EpochStart[] = [];
  for (let i = 2; i < lines.length; i++) {
    const parts = lines[i].split(' ');
    if (parts.length !== 2) return null;
    const epoch = parseInteger(parts[0], 0, 0x7fffffff);
    const startOffset = parseInteger(parts[1], 0, Number.MAX_SAFE_INTEGER);
    if (epoch === null || startOffset === null) return null;
    entries.push({ epoch, startOffset });
  }
  return entries;
}
