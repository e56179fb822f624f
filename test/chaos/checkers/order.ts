import type { Finding, History } from '../history.ts';

/** What a producer sent to one partition lies there in the order in which it was sent. */
export function order({ sends, finalReads }: History): Finding[] {
  const findings: Finding[] = [];
  const sent = new Map<string, { producer: number; place: number }>();
  sends.forEach(({ producer, values }, index) => {
    values.forEach((value, at) => {
      sent.set(value, { producer, place: index * 100_000 + at });
    });
  });
  for (const [partition, records] of finalReads) {
    const last = new Map<number, { place: number; value: string }>();
    for (const { value } of records) {
      const found = sent.get(value);
      if (found === undefined) continue;
      const before = last.get(found.producer);
      if (before !== undefined && before.place > found.place) {
        findings.push({ kind: 'reordered', what: `${value} lies behind ${before.value} in partition ${partition}` });
      }
      last.set(found.producer, { place: found.place, value });
    }
  }
  return findings;
}
