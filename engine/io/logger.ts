import { pino } from 'pino';
import type { Logger } from '../base/logger.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface LoggerOptions {
  /** Name of the thread, in every line: `coordinator`, `shard-0`, … */
  readonly thread: string;
  readonly level?: LogLevel;
  /** Paths of fields that are never written out, as pino names them (`config.password`, `*.secret`). */
  readonly redact?: readonly string[];
  /** File descriptor; standard output unless given. */
  readonly fd?: number;
}

/** A logger that writes JSON lines synchronously: a line is out before the process can die of what it tells. */
export function createLogger(options: LoggerOptions): Logger {
  return pino(
    {
      level: options.level ?? 'info',
      base: { thread: options.thread },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...(options.redact ?? [])], censor: '[hidden]' },
    },
    pino.destination({ fd: options.fd ?? 1, sync: true }),
  );
}
