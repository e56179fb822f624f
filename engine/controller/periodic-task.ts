/** Something that is done once an interval while the controller is active, and again at once while it says there is more. */
export class PeriodicTask {
  readonly #intervalMs: number;
  readonly #run: () => boolean;
  #dueMs = Number.POSITIVE_INFINITY;

  /** `intervalMs`: Infinity for never. `run` answers whether there is more to do. */
  constructor(intervalMs: number, run: () => boolean) {
    this.#intervalMs = intervalMs;
    this.#run = run;
  }

  get dueMs(): number {
    return this.#dueMs;
  }

  start(nowMs: number): void {
    this.#dueMs = nowMs + this.#intervalMs;
  }

  runIfDue(nowMs: number): void {
    if (nowMs < this.#dueMs) return;
    // Before it runs: what fails is tried again an interval later.
    this.#dueMs = nowMs + this.#intervalMs;
    if (this.#run()) this.#dueMs = nowMs;
  }
}
