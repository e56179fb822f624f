import type { MessagePort } from 'node:worker_threads';
import { cleanerLimits } from '../../engine/base/limits.ts';
import { systemClock } from '../../engine/io/clock.ts';
import { DescriptorCache } from '../../engine/io/disk/descriptor-cache.ts';
import { DirectoryState } from '../../engine/io/disk/directory-state.ts';
import { RealDisk } from '../../engine/io/disk/real-disk.ts';
import { createLogger, type LogLevel } from '../../engine/io/logger.ts';
import { cleanLog } from '../../engine/log/compaction/clean-log.ts';
import type {
  CleanedSegment,
  CleaningReport,
  CleaningRequest,
  ReplaceVerdict,
} from '../../engine/log/compaction/cleaning-request.ts';
import { Throttle } from '../../engine/log/compaction/throttle.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { compression } from '../../native-bindings/compression.ts';

export interface CleanLogTask {
  /** Absolute path of the log directory. */
  readonly root: string;
  /** Its shared word. */
  readonly state: SharedArrayBuffer;
  readonly request: CleaningRequest;
  /** To the log's owner: a CleanedSegment goes out for each verdict that comes in. */
  readonly port: MessagePort;
  readonly logLevel: LogLevel;
}

/** What the log's owner says. */
export type CleaningOrder = { readonly kind: 'stop' } | { readonly kind: 'verdict'; readonly verdict: ReplaceVerdict };

/** Background job: cleans a compacted log, over files that it opens itself. */
export default async function cleanLogJob(task: CleanLogTask): Promise<CleaningReport> {
  const { root, state, request, port, logLevel } = task;
  const disk = new RealDisk({
    root,
    clock: systemClock,
    logger: createLogger({ thread: 'cleaner', level: logLevel }),
    state: new DirectoryState(new Int32Array(state)),
    descriptors: new DescriptorCache(cleanerLimits.descriptors),
    operationsInFlight: 1,
  });
  let isStopped = false;
  let answered: ((verdict: ReplaceVerdict) => void) | undefined;
  port.on('message', (order: CleaningOrder) => {
    if (order.kind === 'stop') isStopped = true;
    else answered?.(order.verdict);
  });
  const replace = (cleaned: CleanedSegment): Promise<ReplaceVerdict> =>
    new Promise((resolve) => {
      answered = resolve;
      port.postMessage(cleaned);
    });
  const throttle = new Throttle(systemClock, request.bytesPerSecond);
  try {
    return await cleanLog(request, { disk, checksum, compression, throttle, isStopped: () => isStopped, replace });
  } finally {
    port.close();
  }
}
