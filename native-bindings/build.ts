/**
 * Compiles records.c with this machine's C compiler; run by `npm ci`. Where that can't be done it says so in a line and
 * the twins serve: nothing depends on it but speed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const source = join(import.meta.dirname, 'records.c');
const directory = join(import.meta.dirname, 'build');
/** Beside it, in `records.digest`, of which source it was made. */
const product = join(directory, 'records.node');

function headers(): string {
  return join(dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json')), 'include');
}

function flags(): string[] {
  const flags = ['-O3', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-fvisibility=hidden'];
  if (process.arch === 'arm64') flags.push('-march=armv8-a+crc');
  if (process.platform === 'darwin') flags.push('-undefined', 'dynamic_lookup');
  return flags;
}

/** Null, or why it could not be compiled. */
function compile(into: string): string | null {
  const done = spawnSync('cc', [...flags(), '-I', headers(), '-o', into, source], { encoding: 'utf8' });
  if (done.error !== undefined) return done.error.message;
  return done.status === 0 ? null : done.stderr.split('\n', 1)[0]!;
}

mkdirSync(directory, { recursive: true });
const partial = `${product}.${process.pid}`;
const failure = compile(partial);
if (failure === null) {
  renameSync(partial, product);
  writeFileSync(join(directory, 'records.digest'), createHash('sha256').update(readFileSync(source)).digest('hex'));
} else {
  rmSync(product, { force: true });
  process.stdout.write(`native-bindings/records.c is not compiled (${failure}): its twins serve, more slowly\n`);
}
