import type { Clock, Timer } from '../../engine/base/clock.ts';
import { type Compression, CompressionError } from '../../engine/base/codec.ts';
import type { Disk } from '../../engine/base/disk.ts';
import { defaultLogConfig, type LogConfig } from '../../engine/log/config.ts';
import type { LogEnvironment } from '../../engine/log/log-state.ts';
import { type OpenLogOptions, openLog } from '../../engine/log/open-log.ts';
import type { PartitionLog } from '../../engine/log/partition-log.ts';
import type { ReadLocation, ReadResult } from '../../engine/log/reader.ts';
import { BatchBuilder, type BatchOptions } from '../../engine/protocol/records/batch-builder.ts';
import { controlRecordType, endTxnMarkerValue } from '../../engine/protocol/records/control-records.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { MemoryLogger } from './memory-logger.ts';
import { SeededRandom } from './seeded-random.ts';

/** A clock that stands still until it is told otherwise. */
export class ManualClock implements Clock {
  nowMs: number;

  constructor(nowMs = 1_000_000) {
    this.nowMs = nowMs;
  }

  wallMs(): number {
    return this.nowMs;
  }

  monotonicMs(): number {
    return this.nowMs;
  }

  readonly #timers: { atMs: number; fire: () => void }[] = [];

  schedule(delayMs: number, fire: () => void): Timer {
    const timer = { atMs: this.nowMs + delayMs, fire };
    this.#timers.push(timer);
    return { cancel: () => void this.#timers.splice(this.#timers.indexOf(timer), 1) };
  }

  /** Moves on, and fires what was scheduled for until then. */
  advance(byMs: number): void {
    this.nowMs += byMs;
    const due = this.#timers.filter((timer) => timer.atMs <= this.nowMs);
    for (const timer of due) this.#timers.splice(this.#timers.indexOf(timer), 1);
    for (const timer of due) timer.fire();
  }
}

const noDecompress = (): never => {
  throw new CompressionError('corrupt', 'no codec here');
};
const noCompression: Compression = {
  decompress: noDecompress,
  decompressBriefly: noDecompress,
  compress: () => Promise.reject(new Error('no codec here')),
};

export interface LogFixture {
  readonly clock: ManualClock;
  readonly logger: MemoryLogger;
  readonly environment: LogEnvironment;
}

export function logFixture(compression: Compression = noCompression): LogFixture {
  const clock = new ManualClock();
  const logger = new MemoryLogger();
  return { clock, logger, environment: { clock, random: new SeededRandom(1), checksum, compression, logger } };
}

export const testTopicId = 'AAAAAAAAAAAAAAAAAAAAAQ';

export type OpenChoices = Partial<Omit<OpenLogOptions, 'disk' | 'environment' | 'config'>> & {
  readonly config?: Partial<LogConfig>;
};

/** Opens `topic-0`. On a disk that completes at once the promise is settled by then. */
export function openTestLog(disk: Disk, fixture: LogFixture, choices: OpenChoices = {}): Promise<PartitionLog> {
  const { config, ...rest } = choices;
  return new Promise((resolve, reject) =>
    openLog(
      {
        disk,
        environment: fixture.environment,
        topic: 'topic',
        partition: 0,
        topicId: testTopicId,
        cleanShutdown: true,
        recoveryPoint: 0,
        logStartOffset: 0,
        highWatermark: 0,
        config: { ...defaultLogConfig, ...config },
        ...rest,
      },
      (error, log) => (error === null ? resolve(log) : reject(error)),
    ),
  );
}

export interface TestBatch extends BatchOptions {
  readonly count?: number;
  readonly valueBytes?: number;
  readonly timestampMs?: number;
  /** Added to the time of each further record. */
  readonly timestampStepMs?: number;
}

export function testBatch(batch: TestBatch = {}): Uint8Array {
  const { count = 1, valueBytes = 10, timestampMs = 1_000_000, timestampStepMs = 0, ...options } = batch;
  const builder = new BatchBuilder(options);
  for (let i = 0; i < count; i++) builder.append(timestampMs + i * timestampStepMs, null, new Uint8Array(valueBytes));
  return builder.build(checksum);
}

/** An end-of-transaction marker. */
export function testMarker(kind: 'abort' | 'commit', coordinatorEpoch: number, options: BatchOptions): Uint8Array {
  return new BatchBuilder({ ...options, isControl: true, isTransactional: true })
    .appendControl(1_000_000, controlRecordType[kind], endTxnMarkerValue(coordinatorEpoch))
    .build(checksum);
}

/** Calls what ends in a callback, and waits. */
export function finished(start: (done: (error: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error === null ? resolve() : reject(error))));
}

export function answered<T>(start: (done: (error: Error | null, value: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => start((error, value) => (error === null ? resolve(value) : reject(error))));
}

/** Stages one batch at the log's next offset and submits it. Answers its base offset. */
export async function appendTo(log: PartitionLog, batch: TestBatch = {}): Promise<number> {
  const baseOffset = log.nextOffset;
  const bytes = testBatch({ partitionLeaderEpoch: 0, ...batch, baseOffset });
  log.stage(bytes, 0, bytes.length);
  await finished((done) => log.submit(done));
  return baseOffset;
}

/** Reads as a consumer does: whole batches from `offset` on, below `upToOffset`. */
export async function readFrom(
  log: PartitionLog,
  offset: number,
  maxBytes = 1 << 20,
  upToOffset = log.logEndOffset,
): Promise<{ bytes: Uint8Array; nextOffset: number } | 'out-of-range'> {
  const location = await answered<ReadLocation>((done) => log.locate(offset, maxBytes, upToOffset, true, done));
  if (location.status === 'out-of-range') return 'out-of-range';
  if (location.status === 'empty') return { bytes: new Uint8Array(0), nextOffset: offset };
  let target = new Uint8Array(location.lengthBytes);
  let result = await answered<ReadResult>((done) => log.readInto(location, target, done));
  while (result.requiredBytes > 0) {
    const { requiredBytes } = result;
    const again = await answered<ReadLocation>((done) => log.locate(offset, requiredBytes, upToOffset, true, done));
    target = new Uint8Array(again.lengthBytes);
    result = await answered((done) => log.readInto(again, target, done));
  }
  return { bytes: target.subarray(0, result.lengthBytes), nextOffset: result.nextOffset };
}
