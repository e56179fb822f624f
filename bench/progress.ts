/** Where a run is: one line that is written over on a terminal, plain lines elsewhere. */
import type { TargetName } from './target.ts';

export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export class Progress {
  readonly #screen: Screen;
  readonly #nowMs: () => number;
  readonly #startedAtMs: number;
  #step = '';
  #doneSeconds = 0;
  #allSeconds = 0;

  constructor(screen: Screen, nowMs: () => number = () => performance.now()) {
    this.#screen = screen;
    this.#nowMs = nowMs;
    this.#startedAtMs = nowMs();
  }

  /** What the whole run is thought to take. */
  expect(seconds: number): void {
    this.#allSeconds = seconds;
  }

  /** A step begins: its name, its place among all, and what the steps before it were thought to take. */
  step(name: string, index: number, count: number, doneSeconds: number): void {
    this.#step = `[${index + 1}/${count}] ${name}`;
    this.#doneSeconds = doneSeconds;
    if (this.#screen.isTTY === true) this.#show(this.#step);
    else this.#screen.write(`${this.#step}${this.#left()}\n`);
  }

  /** A round of the step begins; those below 0 are not counted. Said on a terminal only. */
  round(target: TargetName, round: number, rounds: number): void {
    if (this.#screen.isTTY === true)
      this.#show(`${this.#step}: ${round < 0 ? 'first rounds' : `round ${round + 1} of ${rounds}`}, ${target}`);
  }

  /** A line that stays. */
  note(text: string): void {
    this.clear();
    this.#screen.write(`${text}\n`);
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (this.#screen.isTTY === true) this.#screen.write('\r\x1b[2K');
  }

  #show(text: string): void {
    const line = `${text}${this.#left()}`;
    const columns = this.#screen.columns ?? 80;
    this.#screen.write(`\r\x1b[2K${line.length < columns ? line : `${line.slice(0, columns - 2)}…`}`);
  }

  /** By the plan at first; by the plan and the pace so far once there is one. */
  #left(): string {
    const leftSeconds = this.#allSeconds - this.#doneSeconds;
    if (leftSeconds <= 0) return '';
    const goneSeconds = (this.#nowMs() - this.#startedAtMs) / 1000;
    const pace = this.#doneSeconds > 0 ? goneSeconds / this.#doneSeconds : 1;
    return `, about ${showSeconds(leftSeconds * pace)} left`;
  }
}

export function showSeconds(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
