import type { Finding, History } from '../history.ts';

/** In one session a consumer sees each offset once, in order, and passes over none that there is. */
export function polls({ polls: all, finalReads }: History): Finding[] {
  const findings: Finding[] = [];
  const next = new Map<string, number>();
  const there = new Map(
    [...finalReads].map(([partition, records]) => [partition, new Set(records.map(({ offset }) => offset))]),
  );
  for (const { consumer, session, partition, records } of all) {
    const key = `${consumer}/${session}/${partition}`;
    for (const { offset } of records) {
      const expected = next.get(key);
      next.set(key, offset + 1);
      if (expected === undefined || offset === expected) continue;
      const what = `${consumer} went from offset ${expected - 1} to ${offset} of partition ${partition}`;
      if (offset < expected) findings.push({ kind: 'poll-back', what });
      else if (isAny(there.get(partition), expected, offset)) findings.push({ kind: 'poll-skip', what });
    }
  }
  return findings;
}

function isAny(offsets: ReadonlySet<number> | undefined, from: number, to: number): boolean {
  for (let offset = from; offset < to; offset++) if (offsets?.has(offset) === true) return true;
  return false;
}
