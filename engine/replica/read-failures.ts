import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { LogError } from '../log/log-error.ts';
import { errorCode } from '../protocol/errors.ts';

/** Readers of a broken batch come back at once: it is said so often, and no more. */
const unreadableIntervalMs = 10_000;

/** Failures of reads of one partition's log. */
export class ReadFailures {
  private readonly clock: Clock;
  private readonly logger: Logger;
  private saysUnreadableAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, logger: Logger) {
    this.clock = clock;
    this.logger = logger;
  }

  /**
   * Answers the code for a failure that is not the reader's. Only the read fails: bytes that are broken once may be whole
   * when read again, and what else the log holds is as good as before.
   */
  codeOf(error: Error, partition: string): number {
    const isBroken = error instanceof LogError && error.reason === 'corrupt';
    if (error instanceof LogError && !isBroken) return errorCode.KAFKA_STORAGE_ERROR;
    const now = this.clock.monotonicMs();
    if (now >= this.saysUnreadableAtMs) {
      this.saysUnreadableAtMs = now + unreadableIntervalMs;
      this.logger.error({ err: error, partition }, 'a partition could not be read');
    }
    return isBroken ? errorCode.CORRUPT_MESSAGE : errorCode.KAFKA_STORAGE_ERROR;
  }
}
