/** One life of a node's process: what reaches it while it is stopped waits, and what comes after its death is lost. */
export class ProcessLife {
  readonly nodeId: number;
  readonly number: number;
  #isAlive = true;
  #isPaused = false;
  #backlog: (() => void)[] = [];
  readonly #onDeath: (() => void)[] = [];

  constructor(nodeId: number, number: number) {
    this.nodeId = nodeId;
    this.number = number;
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Every event of the process comes by here: timers, finished disk operations, what the network brings. */
  enter(fire: () => void): void {
    if (!this.#isAlive) return;
    if (this.#isPaused) this.#backlog.push(fire);
    else fire();
  }

  pause(): void {
    this.#isPaused = true;
  }

  /** All that waited comes at once, in its order. */
  resume(): void {
    this.#isPaused = false;
    const backlog = this.#backlog;
    this.#backlog = [];
    for (const fire of backlog) this.enter(fire);
  }

  onDeath(act: () => void): void {
    this.#onDeath.push(act);
  }

  die(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#backlog = [];
    for (const act of this.#onDeath) act();
  }
}
