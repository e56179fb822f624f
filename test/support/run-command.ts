import { type ChildProcess, spawn } from 'node:child_process';
import { patienceMs } from './until.ts';

export interface CommandOptions {
  /** Written to standard input, which is then closed. */
  readonly input?: string | Uint8Array | undefined;
  /** The command is killed after this time and the promise rejects. */
  readonly timeoutMs?: number | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly cwd?: string | undefined;
}

export interface CommandResult {
  /** Exit status; -1 when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as it came, for tools that write bytes. */
  readonly stdoutBytes: Buffer;
}

const children = new Set<ChildProcess>();
let watching = false;

/** Makes sure that a child does not outlive this process. */
export function dieWithUs(child: ChildProcess): void {
  children.add(child);
  child.once('exit', () => children.delete(child));
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const running of children) running.kill('SIGKILL');
  });
}

/** Runs a command to its end. Rejects only when it cannot be started or runs out of time. */
export function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      env: { ...process.env, ...options.env },
      cwd: options.cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    dieWithUs(child);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    let late = false;
    const timeoutMs = options.timeoutMs ?? 2 * patienceMs;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      const stdoutBytes = Buffer.concat(out);
      const stderr = Buffer.concat(err).toString();
      if (late) {
        reject(new Error(`${file} ${args.join(' ')}: killed after ${timeoutMs} ms\n${stdoutBytes}\n${stderr}`));
      } else {
        resolve({ code: code ?? -1, stdout: stdoutBytes.toString(), stderr, stdoutBytes });
      }
    });
    // A tool may end without reading all of its input; its exit status then tells the story, not our EPIPE.
    child.stdin.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
    });
    child.stdin.end(options.input);
  });
}
