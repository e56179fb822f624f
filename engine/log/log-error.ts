import type { DiskError } from '../base/disk.ts';

/**
 * Why a log could not do what it was asked, other than a failure of the disk (which is a DiskError).
 * - closed: the log was closed, or its topic deleted, in the meantime.
 * - gone: the segment a read was located in was deleted or truncated; locate again.
 * - corrupt: bytes on disk are not what this process left there.
 * - other-topic: the directory belongs to a topic with another id.
 */
export type LogErrorReason = 'closed' | 'gone' | 'corrupt' | 'other-topic';

export class LogError extends Error {
  override readonly name = 'LogError';
  readonly reason: LogErrorReason;

  constructor(reason: LogErrorReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

export type LogFailure = DiskError | LogError;

/** `value` is meaningful only when `error` is null. Called exactly once, at once or later, on the owner's thread. */
export type LogDone<T> = (error: LogFailure | null, value: T) => void;
/** Like LogDone, where there is nothing to tell but success. */
export type Finished = (error: LogFailure | null) => void;
