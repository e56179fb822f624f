import type { DirectoryEntry } from '../base/disk.ts';
import { eachInOrder, inOrder } from './continuation.ts';
import { fileSuffix, offsetFileName, parseOffsetFileName } from './file-names.ts';
import type { Finished } from './log-error.ts';
import type { LogState } from './log-state.ts';

/** What lies in a partition's directory, sorted out. */
export interface DirectoryFiles {
  /** Base offsets of `.log` files, ascending. */
  readonly segments: number[];
  /** End offsets of `.snapshot` files, ascending. */
  readonly snapshots: number[];
  /** Base offsets of `.log.swap` files: a cleaning that was complete and about to be put in place. */
  readonly swaps: number[];
  /** Names to remove: deleted or half-made files, and indexes without a segment. */
  readonly leftovers: string[];
  readonly names: ReadonlySet<string>;
}

const indexSuffixes: readonly string[] = [fileSuffix.offsetIndex, fileSuffix.timeIndex, fileSuffix.transactionIndex];
const segmentSuffixes: readonly string[] = [fileSuffix.log, ...indexSuffixes];

export function sortFiles(entries: readonly DirectoryEntry[]): DirectoryFiles {
  const names = new Set<string>();
  for (const entry of entries) if (!entry.isDirectory) names.add(entry.name);
  const files: DirectoryFiles = { segments: [], snapshots: [], swaps: [], leftovers: [], names };
  let lowestCleaned = Number.POSITIVE_INFINITY;
  for (const name of names) {
    const parsed = parseOffsetFileName(name);
    if (parsed?.suffix.endsWith(fileSuffix.cleaned)) lowestCleaned = Math.min(lowestCleaned, parsed.offset);
  }
  for (const name of names) {
    const parsed = parseOffsetFileName(name);
    if (isRemains(name)) files.leftovers.push(name);
    else if (parsed === null) continue;
    else if (parsed.suffix === fileSuffix.log) files.segments.push(parsed.offset);
    else if (parsed.suffix === fileSuffix.snapshot) files.snapshots.push(parsed.offset);
    else if (indexSuffixes.includes(parsed.suffix)) {
      if (!names.has(offsetFileName(parsed.offset, fileSuffix.log))) files.leftovers.push(name);
    } else if (parsed.suffix === fileSuffix.log + fileSuffix.swap && parsed.offset < lowestCleaned) {
      // A split was under way where `.cleaned` files are left at or below it; then the swap is not complete.
      files.swaps.push(parsed.offset);
    } else if (parsed.suffix.endsWith(fileSuffix.swap)) files.leftovers.push(name);
  }
  files.segments.sort(ascending);
  files.snapshots.sort(ascending);
  files.swaps.sort(ascending);
  return files;
}

function isRemains(name: string): boolean {
  return name.endsWith(fileSuffix.deleted) || name.endsWith(fileSuffix.cleaned) || name.endsWith(fileSuffix.temporary);
}

export function removeNames(state: LogState, names: readonly string[], done: Finished): void {
  eachInOrder(names, (name, next) => state.disk.remove(state.path(name), next), done);
}

/** Removes what belongs to one segment, and with `andSnapshot` the producers' snapshot at its base. */
export function removeSegmentFiles(state: LogState, baseOffset: number, andSnapshot: boolean, done: Finished): void {
  const suffixes = andSnapshot ? [...segmentSuffixes, fileSuffix.snapshot] : segmentSuffixes;
  const names = suffixes.map((suffix) => offsetFileName(baseOffset, suffix));
  removeNames(state, names, done);
}

/** Puts a cleaned segment in the place of those it was made from; its indexes are rebuilt. */
export function completeSwap(state: LogState, baseOffset: number, replaced: readonly number[], done: Finished): void {
  const log = offsetFileName(baseOffset, fileSuffix.log);
  inOrder(
    [
      (next) => eachInOrder(replaced, (offset, each) => removeSegmentFiles(state, offset, false, each), next),
      (next) => state.disk.rename(state.path(log + fileSuffix.swap), state.path(log), next),
    ],
    done,
  );
}

function ascending(a: number, b: number): number {
  return a - b;
}
