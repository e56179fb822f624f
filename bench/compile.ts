/** Compiles the C programs of the harness with the machine's cc, once for each state of their source. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** The program's path. */
export function compile(source: string): string {
  return compiled(source, '', []);
}

/** The path of a library that is loaded into other programs. */
export function compileLibrary(source: string): string {
  return compiled(source, '.so', ['-shared', '-fPIC', '-ldl']);
}

function compiled(source: string, suffix: string, flags: readonly string[]): string {
  const path = join(root, 'bench', source);
  const digest = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
  const directory = join(root, '.cache/bench');
  const program = join(directory, `${source.replaceAll('/', '-').replace(/\.c$/, '')}-${digest}${suffix}`);
  if (existsSync(program)) return program;
  mkdirSync(directory, { recursive: true });
  const partial = `${program}.${process.pid}`;
  const done = spawnSync('cc', ['-O2', '-Wall', '-Wextra', '-pthread', '-o', partial, path, ...flags], {
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`cc could not compile ${source}: ${done.error?.message ?? done.stderr}`);
  renameSync(partial, program);
  return program;
}
