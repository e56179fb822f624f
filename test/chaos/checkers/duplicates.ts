import type { Finding, History } from '../history.ts';

/** Values that are there twice: all producers are idempotent. */
export function duplicates({ finalReads }: History): Finding[] {
  const findings: Finding[] = [];
  for (const [partition, records] of finalReads) {
    const at = new Map<string, number>();
    for (const { offset, value } of records) {
      const first = at.get(value);
      if (first === undefined) at.set(value, offset);
      else findings.push({ kind: 'duplicate', what: `${value} at offsets ${first} and ${offset} of ${partition}` });
    }
  }
  return findings;
}
