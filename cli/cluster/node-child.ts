/** One node of a local cluster as a process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ChildEvents {
  line(text: string): void;
  /** Null: a signal ended it. */
  ended(status: number | null): void;
}

export class NodeChild {
  readonly #child: ChildProcess;
  readonly ended: Promise<number | null>;
  isRunning = true;

  /** A process group of its own: what is typed at the terminal reaches it only through us. */
  constructor(command: readonly string[], events: ChildEvents) {
    const child = spawn(command[0], command.slice(1), { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', events.line);
    this.ended = new Promise((resolve) => {
      const end = (status: number | null) => {
        if (!this.isRunning) return;
        this.isRunning = false;
        events.ended(status);
        resolve(status);
      };
      child.once('error', (error) => {
        events.line(String(error));
        end(1);
      });
      child.once('close', end);
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.isRunning) this.#child.kill(signal);
  }
}
