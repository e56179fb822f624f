import type { ProducerKey } from '../producer-key.ts';
import type { AbortedTransaction } from '../transaction-index.ts';

/** A sealed segment that is to be cleaned. */
export interface SourceSegment {
  readonly baseOffset: number;
  /** Base offset of the segment after it. */
  readonly endOffset: number;
  readonly sizeBytes: number;
}

/** What must stay of a producer that is known: the batch that ends at its last offset, or the marker of its epoch. */
export interface LastRecord {
  /** -1: it has appended nothing in its epoch. */
  readonly lastOffset: number;
  readonly epoch: number;
}

/** What the node's configuration says of a cleaning. */
export interface CleaningSettings {
  /** Memory for the offset map. */
  readonly mapBytes: number;
  readonly loadFactor: number;
  /** First size of the buffer that segments are read into. */
  readonly readBytes: number;
  /** Read and written, together. */
  readonly bytesPerSecond: number;
  /** 4 words, by chance. */
  readonly hashKey: Uint32Array;
}

/** One log's cleaning, as plain data that crosses threads. */
export interface CleaningRequest extends CleaningSettings {
  /** The partition's directory in its log directory. */
  readonly directory: string;
  /** From the log's first one up to the first that may not be cleaned. */
  readonly segments: readonly SourceSegment[];
  /** Below it each key has one record, or was not looked at when the map was full. */
  readonly firstDirtyOffset: number;
  /** Wall clock: which tombstones may go. */
  readonly nowMs: number;
  readonly deleteRetentionMs: number;
  readonly segmentBytes: number;
  readonly segmentIndexBytes: number;
  readonly indexIntervalBytes: number;
  readonly aborted: readonly AbortedTransaction[];
  readonly lastRecords: ReadonlyMap<ProducerKey, LastRecord>;
}

/** A segment that lies there as `.cleaned` files, durable, to be put in the place of those it was made from. */
export interface CleanedSegment {
  readonly baseOffset: number;
  /** Base offsets of the segments that it replaces, ascending; the first is its own. */
  readonly sources: readonly number[];
  readonly sizeBytes: number;
  readonly maxTimestampMs: number;
  readonly offsetOfMaxTimestamp: number;
  readonly hasAborts: boolean;
}

/** What became of a cleaned segment: in place; not needed, since those that it replaces are gone; or all is to end. */
export type ReplaceVerdict = 'replaced' | 'gone' | 'stop';

export interface CleaningReport {
  /** `failed`: the disk, or the thread that did it. For the others see CleaningFault. */
  readonly status: 'cleaned' | 'stopped' | 'corrupt' | 'too-large' | 'failed';
  /** What went wrong. */
  readonly detail: string;
  /** All below is clean now; -1 unless `cleaned`. */
  readonly cleanedOffset: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

/** Where cleanings are done, apart from the thread that owns the log. */
export interface CleaningJobs {
  /**
   * Begins a cleaning in the log directory `root`. `replace` is called for each segment that was cleaned, and the next
   * begins when it has answered; `done` once, at the end.
   */
  clean(
    root: string,
    request: CleaningRequest,
    replace: (cleaned: CleanedSegment, answer: (verdict: ReplaceVerdict) => void) => void,
    done: (report: CleaningReport) => void,
  ): CleaningJob;
}

export interface CleaningJob {
  /** The cleaning is to end soon; `done` tells when it has. */
  stop(): void;
}
