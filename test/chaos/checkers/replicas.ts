import type { Finding, History, ReplicaLog } from '../history.ts';

/** Replicas hold the same batches wherever both hold any, and end at the same offset when all was quiet. */
export function replicas({ replicas: all }: History): Finding[] {
  const findings: Finding[] = [];
  const byPartition = Map.groupBy(all, ({ partition }) => partition);
  for (const [partition, logs] of byPartition) {
    const [first, ...others] = logs;
    for (const other of others) {
      const what = difference(first, other);
      if (what !== null) findings.push({ kind: 'diverged', what: `partition ${partition}: ${what}` });
    }
  }
  return findings;
}

function difference(a: ReplicaLog, b: ReplicaLog): string | null {
  if (a.endOffset !== b.endOffset) {
    return `node ${a.nodeId} ends at ${a.endOffset}, node ${b.nodeId} at ${b.endOffset}`;
  }
  const from = Math.max(a.startOffset, b.startOffset);
  const places = new Set([...a.batches.keys(), ...b.batches.keys()].filter((offset) => offset >= from));
  for (const offset of [...places].sort((one, two) => one - two)) {
    if (a.batches.get(offset) !== b.batches.get(offset)) {
      return `nodes ${a.nodeId} and ${b.nodeId} hold different batches at ${offset}`;
    }
  }
  return null;
}
