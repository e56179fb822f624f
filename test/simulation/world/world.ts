import { MemoryLogger } from '../../support/memory-logger.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { Checkers } from '../checkers/all.ts';
import { PartitionWatch } from '../cluster/partition-watch.ts';
import { Coverage } from '../coverage.ts';
import { Scheduler } from './scheduler.ts';
import { Trace } from './trace.ts';

/** What all parts of one simulation share. */
export class World {
  readonly seed: number;
  readonly scheduler = new Scheduler();
  readonly coverage = new Coverage();
  readonly checkers = new Checkers();
  readonly partitions = new PartitionWatch();
  readonly trace: Trace;
  /** What a node, a promise or a checker reported out of turn: ends the run. */
  failure: unknown = null;
  /** No fault comes any more: what ends is started again. */
  isCalm = false;
  readonly #random: SeededRandom;

  constructor(seed: number, echo: ((line: string) => void) | null) {
    this.seed = seed;
    this.#random = new SeededRandom(seed);
    this.trace = new Trace(() => this.scheduler.nowMs, echo);
  }

  /** Chance of its own for one part: what others draw does not change what it draws. */
  chance(): SeededRandom {
    return new SeededRandom(this.#random.below(2 ** 32));
  }

  fail(error: unknown): void {
    this.failure ??= error;
  }

  throwFailure(): void {
    if (this.failure !== null) throw this.failure;
  }

  /** A node's log, of which the trace takes warnings and errors. */
  logger(nodeId: number): MemoryLogger {
    return new TracingLogger(nodeId, this.trace, this.coverage);
  }
}

class TracingLogger extends MemoryLogger {
  readonly #nodeId: number;
  readonly #trace: Trace;
  readonly #coverage: Coverage;

  constructor(nodeId: number, trace: Trace, coverage: Coverage) {
    super();
    this.#coverage = coverage;
    this.#nodeId = nodeId;
    this.#trace = trace;
  }

  override debug(): void {
    // Nothing that a run needs to know.
  }

  override info(_fields: object, message: string): void {
    if (message === 'a log was cut to where it agrees with its leader') this.#coverage.count('a replica is truncated');
    this.#trace.note(`${this.#nodeId}: ${message}`);
  }

  override warn(fields: object, message: string): void {
    this.#trace.note(`${this.#nodeId}: ${message} ${JSON.stringify(fields)}`);
  }

  override error(fields: object, message: string): void {
    this.#trace.note(`${this.#nodeId}: ${message} ${'error' in fields ? String(fields.error) : ''}`);
  }
}
