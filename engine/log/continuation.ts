import type { Finished, LogFailure } from './log-error.ts';

/**
 * Runs `step` until it no longer calls `again`. `again` may be called at once or later: completions that come before a
 * call returns do not deepen the stack, so a loop over a whole segment runs in constant stack.
 */
export function repeat(step: (again: () => void) => void): void {
  let running = false;
  let wanted = false;
  const again = () => {
    wanted = true;
    if (running) return;
    running = true;
    while (wanted) {
      wanted = false;
      step(again);
    }
    running = false;
  };
  again();
}

/** Calls `action` for each item, one after the other; the first failure ends it. */
export function eachInOrder<T>(
  items: readonly T[],
  action: (item: T, next: Finished, index: number) => void,
  done: Finished,
): void {
  let index = 0;
  repeat((again) => {
    if (index >= items.length) {
      done(null);
      return;
    }
    const at = index++;
    action(
      items[at],
      (error) => {
        if (error !== null) done(error);
        else again();
      },
      at,
    );
  });
}

/** Runs `steps` one after the other; the first failure ends it. */
export function inOrder(steps: readonly ((next: Finished) => void)[], done: Finished): void {
  eachInOrder(steps, (step, next) => step(next), done);
}

/** Tasks of which one runs at a time; a task holds the lock until it calls `release`. */
export class TaskQueue {
  #busy = false;
  readonly #waiting: (() => void)[] = [];

  get isBusy(): boolean {
    return this.#busy;
  }

  /** Takes the lock if it is free and nobody waits. */
  tryAcquire(): boolean {
    if (this.#busy) return false;
    this.#busy = true;
    return true;
  }

  /** Runs `task` holding the lock: at once when it is free, else when those before have released it. */
  run(task: () => void): void {
    if (this.#busy) this.#waiting.push(task);
    else {
      this.#busy = true;
      task();
    }
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#busy = false;
    else next();
  }

  /** Runs `task` holding the lock and releases it before `done` is called. */
  runUntilDone(task: (finished: Finished) => void, done: Finished): void {
    this.run(() =>
      task((error: LogFailure | null) => {
        this.release();
        done(error);
      }),
    );
  }
}
