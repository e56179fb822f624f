import type { Random } from '../../engine/base/random.ts';
import { type ForwardedOperation, ForwardingDisk } from './forwarding-disk.ts';
import { parentOf } from './simulated-files.ts';
import { type Crash, type PendingChange, SimulatedStore, type StoreImage, type StoreStep } from './simulated-store.ts';

/** What happened, in order: steps of the file system, and what the test knew at that point. */
export type Recorded<M> = StoreStep | { readonly kind: 'mark'; readonly mark: M };

/**
 * Writes down what is done to a disk, in the order of the calls, as the steps that a file system does. The disk behind
 * should complete at once, or the order of the calls is not that of the effects.
 */
export class RecordingDisk<M> extends ForwardingDisk {
  readonly recorded: Recorded<M>[] = [];

  /** Notes what holds from here on, such as what was acknowledged. */
  mark(mark: M): void {
    this.recorded.push({ kind: 'mark', mark });
  }

  protected override forward(operation: ForwardedOperation, run: () => void): void {
    this.recorded.push(...stepsOf(operation));
    run();
  }
}

function stepsOf(operation: ForwardedOperation): StoreStep[] {
  const path = operation.path === '.' ? '' : operation.path;
  switch (operation.kind) {
    case 'write': {
      const bytes = Uint8Array.from(Buffer.concat(operation.buffers));
      return [{ kind: 'write', path, positionBytes: operation.positionBytes, bytes }];
    }
    case 'truncate':
      return [{ kind: 'truncate', path, sizeBytes: operation.sizeBytes }];
    case 'replaceFile': {
      const temporary = `${path}.tmp`;
      return [
        // Where there is none this step does nothing.
        { kind: 'truncate', path: temporary, sizeBytes: 0 },
        { kind: 'write', path: temporary, positionBytes: 0, bytes: Uint8Array.from(operation.bytes) },
        { kind: 'sync', path: temporary },
        { kind: 'move', from: temporary, to: path },
        { kind: 'syncDirectory', path: parentOf(path) },
      ];
    }
    case 'rename':
      return [
        { kind: 'move', from: path, to: operation.to },
        { kind: 'syncDirectory', path: parentOf(operation.to) },
        { kind: 'syncDirectory', path: parentOf(path) },
      ];
    case 'makeDirectory':
      return [
        { kind: 'makeNames', path },
        { kind: 'syncDirectory', path: parentOf(path) },
      ];
    case 'sync':
    case 'remove':
    case 'removeDirectory':
    case 'syncDirectory':
      return [{ kind: operation.kind, path }];
    default:
      return [];
  }
}

export interface CrashState<M> {
  readonly image: StoreImage;
  /** The last mark before the crash, and those before it. */
  readonly marks: readonly M[];
  /** How many changes no fsync covered. */
  readonly pendingChanges: number;
  /** Which state this is: enough to find it again. */
  readonly description: string;
}

export interface CrashChoices {
  readonly random: Random;
  /** So many changes that no fsync covers are dropped at most, all others kept. */
  readonly maxDropped: number;
  /** States that drop some of the changes, a step; each single change first, then subsets by chance. */
  readonly dropsPerStep: number;
  /** Where no more changes than these could be lost, all subsets up to `maxDropped` are dropped, one after the other. */
  readonly allSubsetsUpTo?: number;
  /** Chance, one in so many, that a step is looked at; every one unless given. */
  readonly everyNthStep?: number;
}

/**
 * The states that a power cut could have left: after every step, with nothing that was not synced, with all of it, with
 * a few changes dropped, and with the last write torn.
 */
export function* crashStates<M>(
  start: StoreImage,
  recorded: readonly Recorded<M>[],
  choices: CrashChoices,
): Generator<CrashState<M>> {
  const store = new SimulatedStore(start);
  const marks: M[] = [];
  let step = 0;
  for (const entry of recorded) {
    if (entry.kind === 'mark') {
      marks.push(entry.mark);
      continue;
    }
    applyLoosely(store, entry);
    step++;
    if (choices.everyNthStep !== undefined && choices.random.below(choices.everyNthStep) > 0) continue;
    const what = `after step ${step} (${entry.kind} ${'path' in entry ? entry.path : entry.to})`;
    const pending = store.pendingChanges();
    for (const [how, crash] of crashesNow(pending, choices)) {
      const description = `${what}, ${how}`;
      yield { image: store.crashed(crash), marks: [...marks], pendingChanges: pending.length, description };
    }
  }
}

/** A step that the file system refused changed nothing when it was recorded, and changes nothing now. */
/**
 * The disk as each process finds it that starts after the one before was killed: all that was done is there, and what no
 * fsync covered may be lost yet.
 */
export function* kills<M>(
  start: StoreImage,
  recorded: readonly Recorded<M>[],
  everyNthStep: number,
): Generator<{ readonly store: SimulatedStore; readonly marks: readonly M[]; readonly description: string }> {
  for (let count = 1; count <= recorded.length; count += everyNthStep) {
    const entry = recorded[count - 1]!;
    if (entry.kind === 'mark') continue;
    const store = new SimulatedStore(start);
    const marks: M[] = [];
    for (const done of recorded.slice(0, count)) {
      if (done.kind === 'mark') marks.push(done.mark);
      else applyLoosely(store, done);
    }
    yield {
      store,
      marks,
      description: `killed at ${count} (${entry.kind} ${'path' in entry ? entry.path : entry.to})`,
    };
  }
}

function applyLoosely(store: SimulatedStore, step: StoreStep): void {
  try {
    store.apply(step);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'DiskError') throw error;
  }
}

function* crashesNow(pending: readonly PendingChange[], choices: CrashChoices): Generator<readonly [string, Crash]> {
  const keptBytes = (_change: PendingChange, bytes: number) => bytes;
  yield ['nothing unsynced kept', { survives: () => false, keptBytes }];
  if (pending.length === 0) return;
  yield ['all kept', { survives: () => true, keptBytes }];
  for (const dropped of dropSets(pending.length, choices)) {
    yield [`all kept but ${[...dropped].join(', ')}`, { survives: (_change, index) => !dropped.has(index), keptBytes }];
  }
  const last = pending.findLastIndex((change) => change.kind === 'data' && change.change.kind === 'write');
  if (last < 0) return;
  const torn = pending[last]!;
  const size = torn.kind === 'data' && torn.change.kind === 'write' ? torn.change.bytes.length : 0;
  const unit = [1, 512, 4096][choices.random.below(3)]!;
  const kept = Math.min(size, unit * choices.random.below(Math.ceil(size / unit) + 1));
  yield [
    `all kept, ${last} torn to ${kept} of ${size}`,
    { survives: () => true, keptBytes: (change, bytes) => (sameChange(change, torn) ? kept : bytes) },
  ];
}

function* dropSets(count: number, choices: CrashChoices): Generator<Set<number>> {
  const { random, maxDropped, dropsPerStep, allSubsetsUpTo = 0 } = choices;
  if (count <= allSubsetsUpTo) {
    yield* subsets(count, maxDropped, 0);
    return;
  }
  if (count <= dropsPerStep) {
    for (let index = 0; index < count; index++) yield new Set([index]);
  }
  for (let made = count <= dropsPerStep ? count : 0; made < dropsPerStep && count > 1; made++) {
    const size = 1 + random.below(Math.min(maxDropped, count - 1));
    const dropped = new Set<number>();
    while (dropped.size < size) dropped.add(random.below(count));
    yield dropped;
  }
}

/** All sets of 1 to `most` of the numbers from `first` to below `count`. */
function* subsets(count: number, most: number, first: number): Generator<Set<number>> {
  for (let index = first; most > 0 && index < count; index++) {
    yield new Set([index]);
    for (const others of subsets(count, most - 1, index + 1)) yield new Set([index, ...others]);
  }
}

function sameChange(a: PendingChange, b: PendingChange): boolean {
  return a.change === b.change;
}
