/** Nodes that a script started in the background, as their pid files tell of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** Of a node whose LOG_DIR is `logs` in `home`; null where it left none. */
export function pidOf(home: string, nodeId: number): number | null {
  const file = join(home, 'logs', `kafkaServer-${nodeId}.pid`);
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : null;
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Should it be left when the test is over. */
export function killDaemonAfter(t: TestContext, home: string, nodeId: number): void {
  t.after(() => {
    const pid = pidOf(home, nodeId);
    if (pid !== null && isRunning(pid)) process.kill(pid, 'SIGKILL');
  });
}
