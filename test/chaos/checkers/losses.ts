import type { Finding, History } from '../history.ts';

/** Acknowledged records that are not there at the end: lost where later ones were read, unseen at the log's end. */
export function losses({ sends, finalReads }: History): Finding[] {
  const findings: Finding[] = [];
  const read = new Map(
    [...finalReads].map(([partition, records]) => [partition, new Set(records.map(({ value }) => value))]),
  );
  for (const { partition, values, outcome, producer } of sends) {
    if (outcome.kind !== 'acknowledged') continue;
    const last = finalReads.get(partition)?.at(-1)?.offset ?? -1;
    values.forEach((value, index) => {
      if (read.get(partition)?.has(value) === true) return;
      const offset = outcome.offset < 0 ? -1 : outcome.offset + index;
      const kind = offset <= last ? 'lost' : 'unseen';
      const where = offset < 0 ? 'at an offset that was not told' : `at offset ${offset}`;
      findings.push({
        kind,
        what: `${value} of producer ${producer}, acknowledged ${where} of partition ${partition}, which was read to ${last}`,
      });
    });
  }
  return findings;
}
