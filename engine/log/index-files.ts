import { eachInOrder, inOrder } from './continuation.ts';
import type { EntryTable } from './entry-table.ts';
import { fileSuffix } from './file-names.ts';
import type { Finished } from './log-error.ts';
import type { LogState } from './log-state.ts';
import type { Segment, SegmentIndexes } from './segment.ts';

type NamedTable = readonly [suffix: string, table: EntryTable];

/** Whether there are entries that no file holds. */
export function hasTail({ offsets, times, transactions }: SegmentIndexes): boolean {
  return [offsets, times, transactions].some(({ table }) => table.persistedCount < table.count);
}

/**
 * Writes the entries that a segment's index files lack. `.index` and `.timeindex` are always there, if only empty;
 * `.txnindex` only where a transaction was aborted. With `durable` they are flushed as well.
 */
export function persistIndexes(state: LogState, segment: Segment, durable: boolean, done: Finished): void {
  const indexes = segment.indexes;
  if (indexes === null) {
    if (durable) syncIndexes(state, segment, done);
    else done(null);
    return;
  }
  const tables: NamedTable[] = [
    [fileSuffix.offsetIndex, indexes.offsets.table],
    [fileSuffix.timeIndex, indexes.times.table],
  ];
  if (indexes.transactions.table.count > 0) tables.push([fileSuffix.transactionIndex, indexes.transactions.table]);
  eachInOrder(tables, (named, next) => persistTable(state, segment, named, durable, next), done);
}

function persistTable(state: LogState, segment: Segment, named: NamedTable, durable: boolean, done: Finished): void {
  const [suffix, table] = named;
  const isPersisted = table.persistedCount === table.count && table.count > 0;
  if (isPersisted && !durable) {
    done(null);
    return;
  }
  const file = state.disk.file(segment.path(suffix));
  const tail = table.unpersisted();
  const count = table.count;
  const steps: ((next: Finished) => void)[] = [];
  if (!isPersisted) {
    steps.push((next) => {
      state.disk.write(file, table.persistedCount * table.entryBytes, [tail], (error) => {
        if (error === null) table.persistedCount = Math.max(table.persistedCount, Math.min(count, table.count));
        next(error);
      });
    });
  }
  if (durable) steps.push((next) => state.disk.sync(file, next));
  inOrder(steps, (error) => state.disk.close(file, (closeError) => done(error ?? closeError)));
}

/** The entries are in the files already, and the memory was given back before they were durable. */
function syncIndexes(state: LogState, segment: Segment, done: Finished): void {
  const suffixes: string[] = [fileSuffix.offsetIndex, fileSuffix.timeIndex];
  if (segment.mayHaveAborts) suffixes.push(fileSuffix.transactionIndex);
  eachInOrder(
    suffixes,
    (suffix, next) => {
      const file = state.disk.file(segment.path(suffix));
      state.disk.sync(file, (error) => state.disk.close(file, (closeError) => next(error ?? closeError)));
    },
    done,
  );
}
