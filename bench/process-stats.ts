/** What the kernel counts of a process, and what this machine is. Linux only: it reads /proc. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';

let ticksPerSecond = 0;

/** User and system time of a process with all its threads. */
export function cpuSeconds(pid: number): number {
  if (ticksPerSecond === 0)
    ticksPerSecond = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100;
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the name in parentheses and may hold blanks.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory of the whole process, now and at its highest. Pages of the log's files do not count: they are not mapped. */
export function residentMb(pid: number): { readonly now: number; readonly peak: number } {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => {
    const match = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text);
    if (match === null) throw new Error(`/proc/${pid}/status has no ${name}`);
    return Math.round(Number(match[1]) / 1024);
  };
  return { now: field('VmRSS'), peak: field('VmHWM') };
}

export function describeMachine(): object {
  const cores = cpus();
  return {
    cpu: cores[0]?.model ?? 'unknown',
    cores: cores.length,
    memoryMb: Math.round(totalmem() / 1024 / 1024),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
  };
}

export function describeCommit(): { readonly commit: string; readonly dirty: boolean } {
  const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout.trim();
  return {
    commit: git('rev-parse', '--short=12', 'HEAD'),
    dirty: git('status', '--porcelain', '-uno', '--', ':/', ':!/results') !== '',
  };
}
