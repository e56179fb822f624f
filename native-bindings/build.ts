/**
 * Compiles the C files with this machine's C compiler; run by `npm ci`. What can't be compiled is said in a line, and
 * its twin serves: nothing depends on it but speed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const sources = ['records', 'inflate', 'descriptors'] as const;
const directory = join(import.meta.dirname, 'build');

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
function compile(source: string, into: string): string | null {
  const done = spawnSync('cc', [...flags(), '-I', headers(), '-o', into, source], { encoding: 'utf8' });
  if (done.error !== undefined) return done.error.message;
  return done.status === 0 ? null : done.stderr.split('\n', 1)[0]!;
}

/** Makes `name.node`, and `name.digest`, which tells of which source it was made. */
function build(name: string): void {
  const source = join(import.meta.dirname, `${name}.c`);
  const product = join(directory, `${name}.node`);
  const partial = `${product}.${process.pid}`;
  const failure = compile(source, partial);
  if (failure !== null) {
    rmSync(product, { force: true });
    process.stdout.write(`native-bindings/${name}.c is not compiled (${failure}): things go on without, more slowly\n`);
    return;
  }
  renameSync(partial, product);
  const digest = createHash('sha256').update(readFileSync(source)).digest('hex');
  writeFileSync(join(directory, `${name}.digest`), digest);
}

mkdirSync(directory, { recursive: true });
for (const name of sources) build(name);
