/**
 * Explores every interleaving of threads written as generators that yield before each access to shared memory. An
 * execution is re-run from the start for each schedule; sleep sets leave out schedules that differ from an explored one
 * only in the order of steps that don't touch the same word.
 */
export type Step = readonly [string, ...unknown[]];
export type ThreadBody = Generator<Step, void, unknown>;

export interface Execution {
  readonly threads: readonly ThreadBody[];
  /** Called when nothing can go on but by an outside event: what must hold then. Throws. */
  readonly settled: (parked: readonly boolean[]) => void;
}

export interface Exploration {
  /** Schedules run to their end. */
  readonly schedules: number;
  /** Schedules cut off at the bound. */
  readonly truncated: number;
  readonly steps: number;
  readonly longest: number;
  /** The first schedule that broke something, and how. */
  readonly failure: { readonly error: Error; readonly schedule: readonly string[] } | null;
}

export interface ExploreOptions {
  /** Steps of all threads together after which a schedule is cut off. */
  readonly maxSteps: number;
  /** Times that a parked thread may be woken by something other than its bell, in one execution. */
  readonly outsideEvents?: number;
  readonly maxSchedules?: number;
  /** False: no schedule is left out, however alike. */
  readonly reduce?: boolean;
}

/** What a parked thread's `then` was given, and whether the notification came. */
interface Waiter {
  readonly thread: number;
  callback: () => void;
}

interface Choice {
  readonly thread: number;
  readonly outside: boolean;
}

interface Node {
  readonly choices: readonly Choice[];
  /** What each choice would do, in this execution's own memory: every execution makes its own. */
  operations: readonly (Step | undefined)[];
  /** Choices (as indexes) that need not be taken here: explored, or covered by a sibling of an ancestor. */
  readonly asleep: Set<number>;
  taken: number;
}

/** A thread that sleeps until its bell or another event yields this; it is resumed with true if the bell rang. */
export const park: Step = ['park'];

export function explore(start: () => Execution, options: ExploreOptions): Exploration {
  const path: Node[] = [];
  const totals = { schedules: 0, truncated: 0, steps: 0, longest: 0 };
  do {
    const run = new Run(start(), options, path);
    const outcome = run.toEnd();
    totals.steps += run.steps;
    totals.longest = Math.max(totals.longest, run.steps);
    if (outcome instanceof Error) return { ...totals, failure: { error: outcome, schedule: run.trace } };
    if (outcome === 'ended') totals.schedules++;
    if (outcome === 'truncated') totals.truncated++;
    if (totals.schedules + totals.truncated > (options.maxSchedules ?? 2_000_000)) {
      throw new Error('explore: too many schedules; make the scenario smaller');
    }
  } while (backtrack(path));
  return { ...totals, failure: null };
}

/** Moves on to the next schedule. False: that was the last one. */
function backtrack(path: Node[]): boolean {
  for (let node = path.pop(); node !== undefined; node = path.pop()) {
    node.asleep.add(node.taken);
    const next = node.choices.findIndex((_, i) => !node.asleep.has(i));
    if (next < 0) continue;
    node.taken = next;
    path.push(node);
    return true;
  }
  return false;
}

class Run {
  steps = 0;
  readonly trace: string[] = [];
  private readonly execution: Execution;
  private readonly options: ExploreOptions;
  private readonly path: Node[];
  private readonly pending: (Step | undefined)[] = [];
  private readonly waiters: { words: Int32Array; index: number; waiter: Waiter }[] = [];
  private readonly delivered: Waiter[][];
  private outsideLeft: number;

  constructor(execution: Execution, options: ExploreOptions, path: Node[]) {
    this.execution = execution;
    this.options = options;
    this.path = path;
    this.outsideLeft = options.outsideEvents ?? 0;
    this.delivered = execution.threads.map(() => []);
  }

  toEnd(): 'ended' | 'truncated' | 'redundant' | Error {
    try {
      for (let t = 0; t < this.execution.threads.length; t++) this.resume(t, undefined);
      for (let depth = 0; ; depth++) {
        const choices = this.choices();
        if (choices.every((choice) => choice.outside)) this.execution.settled(this.pending.map((s) => s === park));
        if (choices.length === 0) return 'ended';
        if (depth >= this.options.maxSteps) return 'truncated';
        const node = this.path[depth] ?? this.newNode(depth, choices);
        node.operations = choices.map((choice) => this.pending[choice.thread]);
        if (node.taken < 0) {
          this.path.pop();
          return 'redundant';
        }
        this.take(node.choices[node.taken]);
      }
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  private newNode(depth: number, choices: readonly Choice[]): Node {
    const operations = choices.map((choice) => this.pending[choice.thread]);
    const parent = this.path[depth - 1];
    const asleep = new Set<number>();
    choices.forEach((choice, i) => {
      if (parent !== undefined && this.options.reduce !== false && stillCovered(parent, choice, operations[i]))
        asleep.add(i);
    });
    const node: Node = { choices, operations, asleep, taken: choices.findIndex((_, i) => !asleep.has(i)) };
    this.path.push(node);
    return node;
  }

  private choices(): Choice[] {
    const choices: Choice[] = [];
    for (let thread = 0; thread < this.pending.length; thread++) {
      const step = this.pending[thread];
      if (step === undefined) continue;
      if (step !== park || this.delivered[thread].length > 0) choices.push({ thread, outside: false });
      if (step === park && this.outsideLeft > 0) choices.push({ thread, outside: true });
    }
    return choices;
  }

  private take(choice: Choice): void {
    const { thread, outside } = choice;
    const step = this.pending[thread]!;
    this.steps++;
    this.trace.push(`${thread}: ${describe(step)}${outside ? ' (outside event)' : ''}`);
    if (step !== park) {
      this.resume(thread, this.perform(step, thread));
      return;
    }
    if (outside) this.outsideLeft--;
    else this.delivered[thread].shift()!.callback();
    this.resume(thread, !outside);
  }

  private resume(thread: number, value: unknown): void {
    const next = this.execution.threads[thread].next(value);
    this.pending[thread] = next.done === true ? undefined : next.value;
  }

  private perform(step: Step, thread: number): unknown {
    const [kind, words, index, first, second] = step as [string, Int32Array, number, number, number];
    switch (kind) {
      case 'load':
      case 'plainRead':
        return words[index];
      case 'store':
      case 'plainWrite':
        words[index] = first;
        return first;
      case 'compareExchange': {
        const before = words[index];
        if (before === first) words[index] = second;
        return before;
      }
      case 'notify':
        return this.notify(words, index);
      case 'waitAsync':
        return this.waitAsync(words, index, first, thread);
      default:
        throw new Error(`explore: no such step: ${kind}`);
    }
  }

  private notify(words: Int32Array, index: number): number {
    const at = this.waiters.findIndex((entry) => sameWord(entry.words, entry.index, words, index));
    if (at < 0) return 0;
    const [{ waiter }] = this.waiters.splice(at, 1);
    this.delivered[waiter.thread].push(waiter);
    return 1;
  }

  private waitAsync(words: Int32Array, index: number, expected: number, thread: number): unknown {
    if (words[index] !== expected) return { async: false, value: 'not-equal' };
    const waiter: Waiter = { thread, callback: () => {} };
    this.waiters.push({ words, index, waiter });
    // What the engine's promise is to its caller: `then`, and a callback that comes from the event loop.
    return { async: true, value: new Later(waiter) };
  }
}

class Later {
  readonly #waiter: Waiter;

  constructor(waiter: Waiter) {
    this.#waiter = waiter;
    Object.defineProperty(this, 'then', { value: (callback: () => void) => this.#set(callback) });
  }

  #set(callback: () => void): void {
    this.#waiter.callback = callback;
  }
}

/** A choice asleep at the parent stays asleep below if the parent's step has nothing to do with it. */
function stillCovered(parent: Node, choice: Choice, operation: Step | undefined): boolean {
  const before = parent.choices.findIndex((c) => c.thread === choice.thread && c.outside === choice.outside);
  if (before < 0 || !parent.asleep.has(before) || parent.choices[parent.taken].thread === choice.thread) return false;
  return independent(operation!, parent.operations[parent.taken]!);
}

function independent(a: Step, b: Step): boolean {
  if (isWaiting(a) || isWaiting(b)) return false;
  const [kindA, wordsA, indexA] = a as [string, Int32Array, number];
  const [kindB, wordsB, indexB] = b as [string, Int32Array, number];
  return !sameWord(wordsA, indexA, wordsB, indexB) || (isRead(kindA) && isRead(kindB));
}

function isRead(kind: string): boolean {
  return kind === 'load' || kind === 'plainRead';
}

function isWaiting(step: Step): boolean {
  return step === park || step[0] === 'notify' || step[0] === 'waitAsync';
}

function sameWord(a: Int32Array, i: number, b: Int32Array, j: number): boolean {
  return a.buffer === b.buffer && a.byteOffset + 4 * i === b.byteOffset + 4 * j;
}

function describe(step: Step): string {
  const [kind, , ...rest] = step;
  return `${kind} ${rest.join(' ')}`;
}

/** A plain (not atomic) access, which scenarios announce so that others can come in between. */
export function* plainRead(words: Int32Array, index: number): Generator<Step, number, unknown> {
  return (yield ['plainRead', words, index]) as number;
}

export function* plainWrite(words: Int32Array, index: number, value: number): Generator<Step, void, unknown> {
  yield ['plainWrite', words, index, value];
}
