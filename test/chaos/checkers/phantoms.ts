import type { Finding, History } from '../history.ts';

/** Records that nobody sent, that were sent to another partition, or whose producer was told that they are not written. */
export function phantoms({ sends, polls, finalReads }: History): Finding[] {
  const findings: Finding[] = [];
  const sent = new Map(sends.flatMap((send) => send.values.map((value) => [value, send] as const)));
  const seen = new Set<string>();
  const look = (partition: number, value: string, by: string) => {
    const key = `${partition}/${value}`;
    if (seen.has(key)) return;
    seen.add(key);
    const send = sent.get(value);
    if (send === undefined || send.partition !== partition) {
      findings.push({ kind: 'phantom', what: `${value} in partition ${partition}, ${by}` });
    } else if (send.outcome.kind === 'refused') {
      findings.push({ kind: 'refused-but-written', what: `${value} (${send.outcome.error}), ${by}` });
    }
  };
  for (const [partition, records] of finalReads) {
    for (const { value } of records) look(partition, value, 'read at the end');
  }
  for (const { partition, records, consumer } of polls) {
    for (const { value } of records) look(partition, value, `seen by ${consumer}`);
  }
  return findings;
}
