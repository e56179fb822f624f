/** A broker (or the sink) that a run measures, as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { endWithUs } from './children.ts';
import { WireClient } from './load/wire-client.ts';

export type TargetName = 'ours' | 'peer' | 'sink';

export interface Target {
  readonly name: TargetName;
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from the start of the process to its first answer to ApiVersions; null for the sink. */
  readonly startMs: number | null;
  /** Ends it with SIGTERM and answers what it wrote. Its directory is removed unless it is to be kept. */
  stop(keepFiles?: boolean): Promise<string>;
}

const keptOutputBytes = 4 * 1024 * 1024;
const startTimeoutMs = 120_000;
const stopTimeoutMs = 60_000;

export interface Launch {
  readonly name: TargetName;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly port: number;
  /** Where its files are. */
  readonly directory: string;
}

/** Starts a broker and waits for its first answer. */
export async function launch(options: Launch): Promise<Target> {
  const startedAt = performance.now();
  const child = spawn(options.command, options.args, {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithUs(child, options.directory);
  const output = collect(child);
  await untilAnswered(child, options.port, output);
  const startMs = performance.now() - startedAt;
  return target(options, child, output, startMs);
}

export function target(options: Launch, child: ChildProcess, output: () => string, startMs: number | null): Target {
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    name: options.name,
    port: options.port,
    pid: child.pid ?? -1,
    startMs,
    async stop(keepFiles = false) {
      const giveUp = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(giveUp);
      if (!keepFiles) rmSync(options.directory, { recursive: true, force: true });
      return output();
    },
  };
}

/** Keeps the end of what a process writes. */
export function collect(child: ChildProcess): () => string {
  let text = '';
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-keptOutputBytes);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => text;
}

/** Asks ApiVersions (version 0: every broker knows it) every few milliseconds until there is an answer. */
async function untilAnswered(child: ChildProcess, port: number, output: () => string): Promise<void> {
  const giveUpAt = performance.now() + startTimeoutMs;
  while (performance.now() < giveUpAt) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`the broker ended with status ${child.exitCode}:\n${output().slice(-4000)}`);
    }
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  child.kill('SIGKILL');
  throw new Error(`no answer on port ${port} within ${startTimeoutMs} ms:\n${output().slice(-4000)}`);
}

async function answers(port: number): Promise<boolean> {
  let client: WireClient | undefined;
  try {
    client = await WireClient.connect(port);
    await client.call(18, 0, {});
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  } finally {
    client?.close();
  }
}
