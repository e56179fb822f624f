import { readdirSync } from 'node:fs';
import { openFileLimit } from './open-files.ts';

export interface ProcessNumbers {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  /** Undefined where the system does not tell. */
  readonly openFiles: number | undefined;
  readonly mostOpenFiles: number;
  readonly startedAtSeconds: number;
}

/** What the system says of the whole process, whichever thread asks. */
export function processNumbers(startedAtMs: number): ProcessNumbers {
  const { user, system } = process.cpuUsage();
  return {
    cpuSeconds: (user + system) / 1e6,
    residentBytes: process.memoryUsage.rss(),
    openFiles: openFileCount(),
    mostOpenFiles: openFileLimit(),
    startedAtSeconds: startedAtMs / 1000,
  };
}

/** Linux lists them; the one through which they are listed is not counted. */
function openFileCount(): number | undefined {
  try {
    return readdirSync('/proc/self/fd').length - 1;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
