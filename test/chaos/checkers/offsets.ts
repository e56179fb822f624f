import type { Finding, History } from '../history.ts';

/** One offset, two values: told by an acknowledgement, seen by a consumer, or read at the end. */
export function offsets({ sends, polls, finalReads }: History): Finding[] {
  const findings: Finding[] = [];
  const known = new Map<string, { value: string; by: string }>();
  const note = (partition: number, offset: number, value: string, by: string) => {
    const key = `${partition}/${offset}`;
    const before = known.get(key);
    if (before === undefined) known.set(key, { value, by });
    else if (before.value !== value) {
      const what = `offset ${offset} of partition ${partition}: ${before.value} (${before.by}), ${value} (${by})`;
      findings.push({ kind: 'inconsistent-offset', what });
    }
  };
  for (const [partition, records] of finalReads) {
    for (const { offset, value } of records) note(partition, offset, value, 'read at the end');
  }
  for (const { partition, values, outcome } of sends) {
    if (outcome.kind !== 'acknowledged' || outcome.offset < 0) continue;
    values.forEach((value, index) => {
      note(partition, outcome.offset + index, value, 'acknowledged');
    });
  }
  for (const { partition, records, consumer, atMs } of polls) {
    for (const { offset, value } of records) note(partition, offset, value, `seen by ${consumer} at ${atMs} ms`);
  }
  return findings;
}
