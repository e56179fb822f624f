import { encodeText, parseInteger, splitAsciiLines } from './text-lines.ts';

/** Names of the files that a log directory keeps for its partitions. */
export const checkpointFileNames = {
  recoveryPoint: 'recovery-point-offset-checkpoint',
  highWatermark: 'replication-offset-checkpoint',
  logStartOffset: 'log-start-offset-checkpoint',
  cleanedOffset: 'cleaner-offset-checkpoint',
} as const;

export const cleanShutdownFileName = '.kafka_cleanshutdown';
export const cleanShutdownMaxBytes = 1024;

export interface PartitionOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** An offset checkpoint: version 0, the number of lines, then `topic partition offset` a line. */
export function formatOffsetCheckpoint(entries: readonly PartitionOffset[]): Uint8Array {
  const lines: string[] = ['0', String(entries.length)];
  for (const entry of entries) lines.push(`${entry.topic} ${entry.partition} ${entry.offset}`);
  return encodeText(`${lines.join('\n')}\n`);
}

/**
 * Calls `visit` for each line. False when the bytes are not such a file; what was visited by then is to be thrown away.
 * Nothing is kept here, whatever the file claims to hold.
 */
export function parseOffsetCheckpoint(
  bytes: Uint8Array,
  visit: (topic: string, partition: number, offset: number) => void,
): boolean {
  const reader = new LineReader(bytes);
  if (reader.next() !== '0') return false;
  const expected = parseInteger(reader.next() ?? '', 0, 0x7fffffff);
  if (expected === null) return false;
  let count = 0;
  for (let line = reader.next(); line !== null; line = reader.next()) {
    const parts = line.split(' ');
    if (parts.length !== 3 || parts[0] === '') return false;
    const partition = parseInteger(parts[1], 0, 0x7fffffff);
    const offset = parseInteger(parts[2], 0, Number.MAX_SAFE_INTEGER);
    if (partition === null || offset === null || ++count > expected) return false;
    visit(parts[0], partition, offset);
  }
  return count === expected;
}

/** Lines of a file, one at a time; a last one without its end counts as well. */
class LineReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Null at the end. A line that is not ASCII, or longer than any of these files has, is answered as empty. */
  next(): string | null {
    if (this.#at >= this.#bytes.length) return null;
    const found = this.#bytes.indexOf(0x0a, this.#at);
    const end = found < 0 ? this.#bytes.length : found;
    const line = end - this.#at > maxLineBytes ? null : splitAsciiLines(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return line?.[0] ?? '';
  }
}

/** A topic's 249 bytes, a partition and an offset. */
const maxLineBytes = 512;

/** `.kafka_cleanshutdown`, left by the last thing a clean shutdown does. `brokerEpoch` -1: not known. */
export function formatCleanShutdown(brokerEpoch: number): Uint8Array {
  return encodeText(`{"version":0,"brokerEpoch":${brokerEpoch}}`);
}

/** The broker epoch in the marker; -1 when the marker says none, or is not readable (it marks a clean shutdown still). */
export function parseCleanShutdown(bytes: Uint8Array): number {
  const lines = splitAsciiLines(bytes.subarray(0, cleanShutdownMaxBytes));
  const match = /^\s*\{.*"brokerEpoch"\s*:\s*(-?\d{1,16})\s*[,}]/.exec(lines?.join(' ') ?? '');
  return match === null ? -1 : Number(match[1]);
}
