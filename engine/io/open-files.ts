import { readFileSync } from 'node:fs';
import { errnoOf } from './disk/errors.ts';

/** What is assumed where the system does not tell. */
const assumedLimit = 1024;
/** Descriptors for everything else: listeners, the controller's connections, pipes, the metadata log, checkpoints. */
const reserved = 512;
/** A thread works with as few as this, slowly. */
const fewest = 8;

/** Files that this process may have open, from /proc/self/limits (Node has raised the soft limit to the hard one). */
export function openFileLimit(): number {
  try {
    return parseOpenFileLimit(readFileSync('/proc/self/limits', 'utf8')) ?? assumedLimit;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return assumedLimit;
    throw error;
  }
}

/** The soft limit in the text of /proc/<pid>/limits. */
export function parseOpenFileLimit(limits: string): number | null {
  const found = /^Max open files\s+(\S+)/m.exec(limits);
  if (found === null) return null;
  return found[1] === 'unlimited' ? Number.MAX_SAFE_INTEGER : Number(found[1]);
}

/**
 * Connections that the brokers' listeners hold at most, whatever `max.connections` says, which is without bound unless
 * set: half of what the limit and a reserve leave. A flood of connections would take the descriptors from the log's
 * files, and a file that cannot be opened takes its directory offline.
 */
export function connectionCeiling(limit: number): number {
  return Math.max(fewest, Math.floor((limit - reserved) / 2));
}

/**
 * Descriptors that each thread may hold open for log files: the limit, less one for each connection allowed, less a
 * reserve, divided over the threads.
 */
export function descriptorBudget(limit: number, maxConnections: number, threads: number): number {
  const forConnections = Math.min(maxConnections, connectionCeiling(limit));
  const forFiles = limit - forConnections - reserved;
  return Math.max(fewest, Math.floor(forFiles / threads));
}

/**
 * Threads of libuv's pool for the whole process: what Node itself needs, and the operations that each Disk may have in
 * flight. To be set as UV_THREADPOOL_SIZE before anything uses the pool.
 *
 * @param disks how many Disks there are: log directories times threads, and one for the metadata log
 */
export function threadPoolSize(disks: number, operationsInFlight: number): number {
  return Math.min(1024, 4 + operationsInFlight * disks);
}
