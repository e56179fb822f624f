/**
 * What is done to directories of logs, one thing at a time a directory, in the order in which it was asked for: a log is
 * opened only when its predecessor of the same name is closed, or renamed out of the way.
 */
export class NameLocks {
  /** Names in use, and what waits for them. */
  private readonly waiting = new Map<string, ((release: () => void) => void)[]>();

  /** Calls `task` when the name is free, which may be now; it must call `release` once. */
  run(name: string, task: (release: () => void) => void): void {
    const queue = this.waiting.get(name);
    if (queue !== undefined) {
      queue.push(task);
      return;
    }
    this.waiting.set(name, []);
    this.start(name, task);
  }

  private start(name: string, task: (release: () => void) => void): void {
    task(() => {
      const next = this.waiting.get(name)?.shift();
      if (next === undefined) this.waiting.delete(name);
      else this.start(name, next);
    });
  }
}
