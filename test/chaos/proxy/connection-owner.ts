import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Which of the processes holds the end of a loopback connection that has this local port; undefined for none of them.
 * So a proxy knows who connects, whatever is spoken. Linux only.
 */
export function connectionOwner(localPort: number, remotePort: number, pids: Iterable<number>): number | undefined {
  const inode = inodeOf(localPort, remotePort);
  if (inode === undefined) return undefined;
  const name = `socket:[${inode}]`;
  for (const pid of pids) if (holds(pid, name)) return pid;
  return undefined;
}

function inodeOf(localPort: number, remotePort: number): string | undefined {
  const local = hex(localPort);
  const remote = hex(remotePort);
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const fields = line.trim().split(/\s+/);
      if (fields[1]?.endsWith(local) && fields[2]?.endsWith(remote)) return fields[9];
    }
  }
  return undefined;
}

function hex(port: number): string {
  return `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
}

function holds(pid: number, name: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => linkOf(pid, fd) === name);
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

function linkOf(pid: number, fd: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** The process ended, or closed the descriptor. */
function isGone(error: unknown): boolean {
  return ['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '');
}
