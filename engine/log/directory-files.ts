import type { DirectoryEntry } from '../base/disk.ts';
import { eachInOrder, inOrder } from './continuation.ts';
import { fileSuffix, offsetFileName, type ParsedFileName, parseOffsetFileName } from './file-names.ts';
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
  /** Names that lose their `.swap`: transaction indexes of cleaned segments whose `.log` has its own name already. */
  readonly lateSwaps: string[];
  readonly names: ReadonlySet<string>;
}

const indexSuffixes: readonly string[] = [fileSuffix.offsetIndex, fileSuffix.timeIndex, fileSuffix.transactionIndex];
const segmentSuffixes: readonly string[] = [fileSuffix.log, ...indexSuffixes];

export function sortFiles(entries: readonly DirectoryEntry[]): DirectoryFiles {
  const names = new Set<string>();
  for (const entry of entries) if (!entry.isDirectory) names.add(entry.name);
  const files: DirectoryFiles = { segments: [], snapshots: [], swaps: [], leftovers: [], lateSwaps: [], names };
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
    } else if (parsed.suffix.endsWith(fileSuffix.swap)) sortSwappedIndex(files, parsed, name, lowestCleaned);
  }
  files.segments.sort(ascending);
  files.snapshots.sort(ascending);
  files.swaps.sort(ascending);
  return files;
}

/**
 * The index of a swap goes with its `.log.swap`. Where that has its own name already only the transaction index is of use:
 * the others are made anew from the segment.
 */
function sortSwappedIndex(files: DirectoryFiles, parsed: ParsedFileName, name: string, lowestCleaned: number): void {
  const { offset, suffix } = parsed;
  const log = offsetFileName(offset, fileSuffix.log);
  const isValid = offset < lowestCleaned && indexSuffixes.some((index) => suffix === index + fileSuffix.swap);
  if (isValid && files.names.has(log + fileSuffix.swap)) return;
  const isOfUse = isValid && suffix === fileSuffix.transactionIndex + fileSuffix.swap && files.names.has(log);
  if (isOfUse) files.lateSwaps.push(name);
  else files.leftovers.push(name);
}

function isRemains(name: string): boolean {
  return name.endsWith(fileSuffix.deleted) || name.endsWith(fileSuffix.cleaned) || name.endsWith(fileSuffix.temporary);
}

/** Removes leftovers. A swap that was not complete must not be there again, after a crash, among newer files. */
export function removeLeftovers(state: LogState, names: readonly string[], done: Finished): void {
  removeNames(state, names, (error) => {
    const hadSwap = names.some((name) => name.endsWith(fileSuffix.swap) || name.endsWith(fileSuffix.cleaned));
    if (error !== null || !hadSwap) done(error);
    else state.disk.syncDirectory(state.directory, done);
  });
}

function removeNames(state: LogState, names: readonly string[], done: Finished): void {
  eachInOrder(names, (name, next) => state.disk.remove(state.path(name), next), done);
}

/** Removes what belongs to one segment, and with `andSnapshot` the producers' snapshot at its base. */
export function removeSegmentFiles(state: LogState, baseOffset: number, andSnapshot: boolean, done: Finished): void {
  const suffixes = andSnapshot ? [...segmentSuffixes, fileSuffix.snapshot] : segmentSuffixes;
  const names = suffixes.map((suffix) => offsetFileName(baseOffset, suffix));
  removeNames(state, names, done);
}

/** Puts a cleaned segment in the place of those it was made from, which are `replaced`, as far as that is left to do. */
export function completeSwap(state: LogState, baseOffset: number, replaced: readonly number[], done: Finished): void {
  const names = segmentSuffixes.map((suffix) => offsetFileName(baseOffset, suffix));
  inOrder(
    [
      (next) => eachInOrder(replaced, (offset, each) => removeSegmentFiles(state, offset, false, each), next),
      (next) => state.disk.syncDirectory(state.directory, next),
      (next) => finishSwaps(state, names, next),
    ],
    done,
  );
}

/** Gives files of a swap their own names, the segment's first; those that are not there have theirs already. */
export function finishSwaps(state: LogState, names: readonly string[], done: Finished): void {
  eachInOrder(
    names,
    (name, next) => {
      const path = state.path(name);
      state.disk.rename(path + fileSuffix.swap, path, (error) => next(error?.code === 'ENOENT' ? null : error));
    },
    done,
  );
}

/** Drops a swap. */
export function removeSwap(state: LogState, baseOffset: number, done: Finished): void {
  const names = segmentSuffixes.map((suffix) => offsetFileName(baseOffset, suffix) + fileSuffix.swap);
  removeLeftovers(state, names, done);
}

export function withoutSwap(name: string): string {
  return name.slice(0, -fileSuffix.swap.length);
}

function ascending(a: number, b: number): number {
  return a - b;
}
