/** Millrace as it is shipped: `node bin/millrace.js server.properties`. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launch, type Target } from '../target.ts';
import type { NodeFiles } from './node-properties.ts';

const entry = resolve(import.meta.dirname, '../../bin/millrace.js');

export function canStartOurs(): boolean {
  return existsSync(entry);
}

/** `compileCache` holds what Node compiled: empty for a cold start. */
export function startOurs(
  files: NodeFiles,
  compileCache = join(files.directory, 'compile-cache'),
  env: Readonly<Record<string, string>> = {},
): Promise<Target> {
  return launch({
    name: 'ours',
    command: process.execPath,
    args: [entry, files.file],
    env: { NODE_COMPILE_CACHE: compileCache, ...env },
    port: files.port,
    directory: files.directory,
  });
}

/** What a broker of ours says of itself at its end. */
export interface Counters {
  readonly producedBytes: number;
  readonly fetchedBytes: number;
  readonly copiedProduceBytes: number;
  readonly copiedFetchBytes: number;
  readonly connectionsByShard: readonly number[];
}

/**
 * The counters that the broker logs as `counters` when it stops: one of its structured log lines, on either stream.
 * null where there is no such line.
 */
export function readCounters(output: string): Counters | null {
  const lines = output.split('\n').filter((line) => line.startsWith('{') && line.includes('"counters"'));
  const last = lines.at(-1);
  return last === undefined ? null : JSON.parse(last).counters;
}
