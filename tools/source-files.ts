import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = fileURLToPath(new URL('..', import.meta.url));

/** Paths, relative to the root, of all files that git knows or would add. */
export function listFiles(): string[] {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  return output.split('\n').filter((path) => path !== '' && !path.startsWith('node_modules'));
}

export function readSource(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}

/** The folder of the import table that a file belongs to: `engine/<part>`, or the first path element. */
export function layerOf(path: string): string {
  const [first, second] = path.split('/');
  return first === 'engine' ? `engine/${second}` : (first ?? path);
}

export interface Import {
  readonly specifier: string;
  /** Path relative to the root when the import is one of ours. */
  readonly target: string | undefined;
}

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+\.ts)['"]/g;

const aliases: Readonly<Record<string, string>> = {
  '#engine/': 'engine/',
  '#native/': 'native-bindings/',
  '#workers/': 'workers/',
};

export function importsOf(path: string, source: string): Import[] {
  const found: Import[] = [];
  for (const match of source.matchAll(importPattern)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? match[4]!;
    found.push({ specifier, target: resolveOurs(path, specifier) });
  }
  return found;
}

function resolveOurs(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return normalize(join(dirname(path), specifier));
  for (const [alias, folder] of Object.entries(aliases)) {
    if (specifier.startsWith(alias)) return folder + specifier.slice(alias.length);
  }
  return undefined;
}
