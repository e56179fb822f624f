/** Cleanings on the test's own thread, over any disk. */
import type { Compression } from '../../engine/base/codec.ts';
import type { Disk } from '../../engine/base/disk.ts';
import { cleanLog } from '../../engine/log/compaction/clean-log.ts';
import type {
  CleaningJobs,
  CleaningReport,
  CleaningRequest,
  CleaningSettings,
  ReplaceVerdict,
} from '../../engine/log/compaction/cleaning-request.ts';
import type { CleaningPlan } from '../../engine/log/compaction/plan-cleaning.ts';
import { Throttle } from '../../engine/log/compaction/throttle.ts';
import type { PartitionLog } from '../../engine/log/partition-log.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { compression as nativeCompression } from '../../native-bindings/compression.ts';
import { answered, ManualClock } from './log-fixture.ts';

export interface JobHooks {
  /** Looks at, or changes, what the log asks for. */
  readonly request?: (request: CleaningRequest) => CleaningRequest;
  /** Awaited before each cleaned segment is handed over. */
  readonly beforeReplace?: () => Promise<void> | void;
  /** Awaited when it was answered. */
  readonly afterReplace?: (verdict: ReplaceVerdict) => Promise<void> | void;
  readonly compression?: Compression;
}

export function jobsOver(disk: Disk, hooks: JobHooks = {}): CleaningJobs {
  return {
    clean(_root, asked, replace, done) {
      let isStopped = false;
      const request = hooks.request?.(asked) ?? asked;
      const host = {
        disk,
        checksum,
        compression: hooks.compression ?? nativeCompression,
        throttle: new Throttle(new ManualClock(), request.bytesPerSecond),
        isStopped: () => isStopped,
        replace: async (cleaned: Parameters<typeof replace>[0]) => {
          await hooks.beforeReplace?.();
          const verdict = await new Promise<ReplaceVerdict>((resolve) => replace(cleaned, resolve));
          await hooks.afterReplace?.(verdict);
          return verdict;
        },
      };
      void cleanLog(request, host).then(done);
      return {
        stop: () => {
          isStopped = true;
        },
      };
    },
  };
}

export const testSettings: CleaningSettings = {
  mapBytes: 1 << 20,
  loadFactor: 0.9,
  readBytes: 300,
  bytesPerSecond: Number.POSITIVE_INFINITY,
  hashKey: Uint32Array.of(1, 2, 3, 4),
};

/** Flushes the log, plans, and cleans, whatever the plan thinks of being due. */
export async function cleanTestLog(
  log: PartitionLog,
  jobs: CleaningJobs,
  nowMs: number,
  settings: CleaningSettings = testSettings,
): Promise<CleaningReport & { readonly plan: CleaningPlan }> {
  log.setHighWatermark(log.logEndOffset);
  await new Promise<void>((resolve, reject) => log.flush((error) => (error === null ? resolve() : reject(error))));
  const plan = await answered<CleaningPlan>((done) => log.planCleaning(nowMs, done));
  return new Promise((resolve) => log.clean(plan, settings, jobs, (report) => resolve({ ...report, plan })));
}
