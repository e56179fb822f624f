/** One node of a cluster under test, over all its lives. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { dieWithUs } from '../support/run-command.ts';

export class NodeProcess {
  readonly nodeId: number;
  readonly port: number;
  /** All that the node said, in all its lives. */
  readonly output: string;
  lives = 0;
  /** It may end: we told it to. */
  isExpectedToEnd = true;
  #command: readonly string[];
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(nodeId: number, port: number, output: string, command: readonly string[]) {
    this.nodeId = nodeId;
    this.port = port;
    this.output = output;
    this.#command = command;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.isRunning ? this.#child?.pid : undefined;
  }

  /** Ended, though nobody told it to. */
  get hasDied(): boolean {
    return !this.isExpectedToEnd && !this.isRunning;
  }

  start(): void {
    if (this.isRunning) return;
    const output = openSync(this.output, 'a');
    const child = spawn(this.#command[0], this.#command.slice(1), { stdio: ['ignore', output, output] });
    closeSync(output);
    dieWithUs(child);
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once('exit', () => resolve()));
    this.isExpectedToEnd = false;
    this.lives += 1;
  }

  /** SIGKILL; a node that is paused ends too. */
  async kill(): Promise<void> {
    this.isExpectedToEnd = true;
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }

  /** SIGTERM; false where it had to be killed after `timeoutMs`. */
  async stop(timeoutMs: number): Promise<boolean> {
    this.isExpectedToEnd = true;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.#child?.kill('SIGKILL');
    }, timeoutMs);
    this.#child?.kill('SIGTERM');
    await this.#ended;
    clearTimeout(timer);
    return !isLate;
  }

  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  /** The last of what it said. */
  tail(characters = 2000): string {
    return readFileSync(this.output, 'utf8').slice(-characters);
  }
}
