/** One pass over the records of a batch as an argument: native on Node, the plain twin elsewhere. */

/** What can be wrong with records, by number. The first: nothing. */
export const recordFaults = [
  null,
  'record count',
  'record length',
  'timestamp delta',
  'offset delta',
  'key length',
  'value length',
  'bytes after the last record',
] as const;

export interface RecordWalk {
  /** What the last walk that found no fault saw. Valid until the next one. */
  readonly walked: {
    /** Smallest and largest difference to the base timestamp. */
    minTimestampDelta: number;
    maxTimestampDelta: number;
    nullKeys: number;
  };

  /**
   * Answers null when `bytes` from `start` to `end` are exactly `count` well-formed records with offsets 0 … count - 1,
   * else what is wrong.
   */
  walk(bytes: Uint8Array, start: number, end: number, count: number): string | null;
}
