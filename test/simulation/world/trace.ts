/** What happened, in words: its last lines for whoever looks at a failure, and a sum of all for comparing two runs. */
export class Trace {
  readonly #echo: ((line: string) => void) | null;
  readonly #now: () => number;
  #lines: string[] = [];
  #sum = 0x811c9dc5;

  constructor(now: () => number, echo: ((line: string) => void) | null) {
    this.#now = now;
    this.#echo = echo;
  }

  note(text: string): void {
    const line = `${this.#now().toFixed(2).padStart(10)} ${text}`;
    for (let index = 0; index < line.length; index++) {
      this.#sum = Math.imul(this.#sum ^ line.charCodeAt(index), 0x01000193) >>> 0;
    }
    this.#echo?.(line);
    this.#lines.push(line);
    if (this.#lines.length > 2 * keptLines) this.#lines = this.#lines.slice(-keptLines);
  }

  /** Equal for two runs in which the same happened. */
  get sum(): string {
    return this.#sum.toString(16).padStart(8, '0');
  }

  last(count: number): readonly string[] {
    return this.#lines.slice(-count);
  }
}

const keptLines = 400;
