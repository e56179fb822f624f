import { collectAborted } from '../aborted-transactions.ts';
import type { ActiveCleaning, LogState } from '../log-state.ts';
import type { ProducerKey } from '../producer-key.ts';
import type {
  CleanedSegment,
  CleaningJob,
  CleaningJobs,
  CleaningReport,
  CleaningRequest,
  CleaningSettings,
  LastRecord,
  ReplaceVerdict,
} from './cleaning-request.ts';
import type { CleaningPlan } from './plan-cleaning.ts';
import { replaceSegments } from './replace-segments.ts';

/**
 * Has a log cleaned as planned: the work is done by `jobs`, the segments are replaced here. At most one cleaning of a log
 * runs at a time; `done` comes when it has ended and nothing of it is under way any more.
 */
export function runCleaning(
  state: LogState,
  plan: CleaningPlan,
  settings: CleaningSettings,
  jobs: CleaningJobs,
  done: (report: CleaningReport) => void,
): void {
  if (state.cleaning !== null || state.cleaningBars > 0 || state.isClosed || state.failure !== null) {
    done(ended('stopped', 'the log is not to be cleaned now'));
    return;
  }
  new RunningCleaning(state, plan, settings, jobs, done).start();
}

function ended(status: 'stopped' | 'failed', detail: string): CleaningReport {
  return { status, detail, cleanedOffset: -1, bytesRead: 0, bytesWritten: 0 };
}

class RunningCleaning implements ActiveCleaning {
  readonly whenEnded: (() => void)[] = [];
  readonly #state: LogState;
  readonly #plan: CleaningPlan;
  readonly #settings: CleaningSettings;
  readonly #jobs: CleaningJobs;
  readonly #done: (report: CleaningReport) => void;
  #job: CleaningJob | null = null;
  #isStopped = false;

  constructor(
    state: LogState,
    plan: CleaningPlan,
    settings: CleaningSettings,
    jobs: CleaningJobs,
    done: (report: CleaningReport) => void,
  ) {
    this.#state = state;
    this.#plan = plan;
    this.#settings = settings;
    this.#jobs = jobs;
    this.#done = done;
  }

  start(): void {
    const state = this.#state;
    state.cleaning = this;
    const from = state.segments[0].baseOffset;
    collectAborted(state, from, this.#plan.firstUncleanableOffset, (error, aborted) => {
      if (error !== null) this.#end(ended('failed', error.message));
      else if (this.#isStopped || state.isClosed) this.#end(ended('stopped', 'it was told to stop'));
      else this.#begin({ ...requestOf(state, this.#plan, this.#settings), aborted });
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#job?.stop();
  }

  #begin(request: CleaningRequest): void {
    this.#job = this.#jobs.clean(
      this.#state.disk.root,
      request,
      (cleaned, answer) => this.#replace(cleaned, answer),
      (report) => this.#end(report),
    );
  }

  #replace(cleaned: CleanedSegment, answer: (verdict: ReplaceVerdict) => void): void {
    const { flushes, environment } = this.#state;
    flushes.run(() =>
      replaceSegments(this.#state, cleaned, (error, verdict) => {
        flushes.release();
        if (error !== null) {
          environment.logger.error(
            { err: error, log: this.#state.directory },
            'a cleaned segment was not put in place',
          );
        }
        answer(error !== null || this.#isStopped ? 'stop' : verdict);
      }),
    );
  }

  #end(report: CleaningReport): void {
    const state = this.#state;
    state.cleaning = null;
    if (report.status === 'cleaned') state.cleanedOffset = Math.min(report.cleanedOffset, state.logEndOffset);
    for (const run of this.whenEnded) run();
    this.#done(report);
  }
}

function requestOf(state: LogState, plan: CleaningPlan, settings: CleaningSettings): Omit<CleaningRequest, 'aborted'> {
  const { firstDirtyOffset, firstUncleanableOffset } = plan;
  const segments = [];
  for (let i = 0; i + 1 < state.segments.length; i++) {
    const { baseOffset, sizeBytes } = state.segments[i];
    if (baseOffset >= firstUncleanableOffset) break;
    segments.push({ baseOffset, endOffset: state.segments[i + 1].baseOffset, sizeBytes });
  }
  const lastRecords = new Map<ProducerKey, LastRecord>();
  for (const [producerId, { lastOffset, epoch }] of state.producers.entries()) {
    // What lies above is not cleaned; of who is not known any more nothing has to stay.
    if (lastOffset < firstUncleanableOffset) lastRecords.set(producerId, { lastOffset, epoch });
  }
  const { deleteRetentionMs, segmentBytes, segmentIndexBytes, indexIntervalBytes } = state.config;
  return {
    ...settings,
    directory: state.directory,
    segments,
    firstDirtyOffset,
    nowMs: state.environment.clock.wallMs(),
    deleteRetentionMs,
    segmentBytes,
    segmentIndexBytes,
    indexIntervalBytes,
    lastRecords,
  };
}
