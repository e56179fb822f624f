import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { cleanerLimits } from '../engine/base/limits.ts';
import type { Logger } from '../engine/base/logger.ts';
import type { LogLevel } from '../engine/io/logger.ts';
import type {
  CleanedSegment,
  CleaningJob,
  CleaningJobs,
  CleaningReport,
  CleaningRequest,
  ReplaceVerdict,
} from '../engine/log/compaction/cleaning-request.ts';
import type { CompletedBatch } from '../engine/log/validation/complete-batch.ts';
import { errorCode } from '../engine/protocol/errors.ts';
import type { BatchJobs } from '../engine/replica/host.ts';
import { besides } from './besides.ts';
import type { CleaningOrder, CleanLogTask } from './jobs/clean-log.ts';
import type { ValidateDeepTask } from './jobs/validate-deep.ts';

const idleMs = 30_000;

/** Ordinary tasks on threads of their own, which are started when first needed and stop when idle. */
export class BackgroundPool implements BatchJobs, CleaningJobs {
  private readonly logger: Logger;
  /** The shared words of the log directories, by their paths. */
  private readonly directoryStates: ReadonlyMap<string, SharedArrayBuffer>;
  private readonly logLevel: LogLevel;
  private pool: Piscina | undefined;
  /** Apart from the other: a cleaning takes long, and a batch that is checked has a producer that waits. */
  private cleaners: Piscina | undefined;

  constructor(logger: Logger, directoryStates: ReadonlyMap<string, SharedArrayBuffer>, logLevel: LogLevel) {
    this.logger = logger;
    this.directoryStates = directoryStates;
    this.logLevel = logLevel;
  }

  checkCompressed(
    batch: Uint8Array,
    config: ValidateDeepTask['config'],
    nowMs: number,
    done: (outcome: CompletedBatch) => void,
  ): void {
    this.run('./jobs/validate-deep.ts', { batch, config, nowMs } satisfies ValidateDeepTask).then(
      (outcome) => done(outcome as CompletedBatch),
      (error: unknown) => {
        this.logger.error({ err: error }, 'a background check of a batch failed');
        done(failed);
      },
    );
  }

  clean(
    root: string,
    request: CleaningRequest,
    replace: (cleaned: CleanedSegment, answer: (verdict: ReplaceVerdict) => void) => void,
    done: (report: CleaningReport) => void,
  ): CleaningJob {
    const state = this.directoryStates.get(root) ?? new SharedArrayBuffer(4);
    const { port1: ours, port2: port } = new MessageChannel();
    const order = (message: CleaningOrder): void => ours.postMessage(message);
    ours.on('message', (cleaned: CleanedSegment) => replace(cleaned, (verdict) => order({ kind: 'verdict', verdict })));
    const ended = (report: CleaningReport): void => {
      ours.close();
      done(report);
    };
    this.cleaners ??= new Piscina({
      filename: besides('./jobs/clean-log.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: cleanerLimits.mostThreads,
      idleTimeout: idleMs,
      atomics: 'async',
    });
    const task: CleanLogTask = { root, state, request, port, logLevel: this.logLevel };
    this.cleaners.run(task, { transferList: [port] }).then(
      (report) => ended(report as CleaningReport),
      (error: unknown) => {
        this.logger.error({ err: error, log: request.directory }, 'a cleaning broke off');
        ended({ status: 'failed', detail: String(error), cleanedOffset: -1, bytesRead: 0, bytesWritten: 0 });
      },
    );
    return { stop: () => order({ kind: 'stop' }) };
  }

  async close(): Promise<void> {
    await this.pool?.destroy();
    await this.cleaners?.destroy();
  }

  private run(job: string, task: object): Promise<unknown> {
    this.pool ??= new Piscina({ minThreads: 0, maxThreads: 1, idleTimeout: idleMs, atomics: 'async' });
    return this.pool.run(task, { filename: besides(job, import.meta.url).href });
  }
}

const failed: CompletedBatch = {
  replacement: null,
  status: 'rejected',
  batchBytes: 0,
  recordCount: 0,
  maxTimestampMs: -1,
  needsSeal: false,
  errorCode: errorCode.UNKNOWN_SERVER_ERROR,
  errorMessage: null,
  recordErrors: [],
  reason: 'the background check failed',
};
