import { Piscina } from 'piscina';
import type { Logger } from '../engine/base/logger.ts';
import type { CompletedBatch } from '../engine/log/validation/complete-batch.ts';
import { errorCode } from '../engine/protocol/errors.ts';
import type { BatchJobs } from '../engine/replica/host.ts';
import { besides } from './besides.ts';
import type { ValidateDeepTask } from './jobs/validate-deep.ts';

const idleMs = 30_000;

/** Ordinary tasks on threads of their own, which are started when first needed and stop when idle. */
export class BackgroundPool implements BatchJobs {
  private readonly logger: Logger;
  private pool: Piscina | undefined;

  constructor(logger: Logger) {
    this.logger = logger;
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

  async close(): Promise<void> {
    await this.pool?.destroy();
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
