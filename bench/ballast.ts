/** Keeps the machine's memory in use between rounds (load/ballast.c says why). */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statfsSync } from 'node:fs';
import { compile } from './compile.ts';

const tmpfsMagic = 0x01021994;

/** Starts it where logs are kept in memory; answers how to end it. */
export async function holdMemory(logRoot: string, gb: number): Promise<() => void> {
  if (gb <= 0 || statfsSync(logRoot).type !== tmpfsMagic) return () => {};
  const ballast: ChildProcess = spawn(compile('load/ballast.c'), [String(gb * 2 ** 30)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await Promise.race([once(ballast.stdout!, 'data'), once(ballast, 'exit')]);
  return () => ballast.stdin?.end();
}
