import type { ProduceDetail } from '../base/produce-entry.ts';

/** Where the outcome of one appended batch goes: called exactly once, now or later, on the owner's thread. */
export interface AppendSink {
  /**
   * @param tag what the caller gave with the batch.
   * @param errorCode of the protocol's error table; 0 for success.
   * @param baseOffset -1 on failure.
   * @param logAppendTimeMs -1 unless the topic's timestamps are those of appending.
   */
  appended(
    tag: number,
    errorCode: number,
    baseOffset: number,
    logAppendTimeMs: number,
    detail: ProduceDetail | undefined,
  ): void;
}

/** One batch on its way into a partition. */
export class Append {
  /** What `from` and `length` are positions in. The caller keeps the memory until the sink is called. */
  bytes: Uint8Array;
  from: number;
  length: number;
  readonly acks: number;
  readonly sink: AppendSink;
  readonly tag: number;
  baseOffset = -1;
  endOffset = -1;
  logAppendTimeMs = -1;
  recordCount = 0;
  /** How long it may wait, once written, for the replicas in sync. */
  readonly timeoutMs: number;
  /** Monotonic: when that is over. */
  deadlineMs = Number.POSITIVE_INFINITY;

  constructor(
    bytes: Uint8Array,
    from: number,
    length: number,
    acks: number,
    sink: AppendSink,
    tag: number,
    timeoutMs = Number.POSITIVE_INFINITY,
  ) {
    this.bytes = bytes;
    this.from = from;
    this.length = length;
    this.acks = acks;
    this.sink = sink;
    this.tag = tag;
    this.timeoutMs = timeoutMs;
  }

  succeed(): void {
    this.sink.appended(this.tag, 0, this.baseOffset, this.logAppendTimeMs, undefined);
  }

  fail(errorCode: number, detail?: ProduceDetail): void {
    this.sink.appended(this.tag, errorCode, -1, -1, detail);
  }
}
