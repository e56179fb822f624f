/** Processes that the harness starts end with it, and what they kept in memory goes with them. */
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';

/** Running processes, and the directory of each that is removed where the harness ends before it. */
const running = new Map<ChildProcess, string | null>();

export function endWithUs(child: ChildProcess, directory: string | null = null): void {
  if (running.size === 0) process.once('exit', endAll);
  running.set(child, directory);
  child.once('close', () => {
    running.delete(child);
    if (running.size === 0) process.off('exit', endAll);
  });
}

function endAll(): void {
  for (const child of running.keys()) child.kill('SIGKILL');
  for (const directory of running.values()) {
    // The process may take a moment to die and to stop making files.
    if (directory !== null) rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Ctrl-C and SIGTERM end the process by way of its exit listeners. */
export function exitOnSignals(): void {
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
}
