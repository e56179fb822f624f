import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReplicaLog } from './history.ts';

const batchHeaderBytes = 12;

/** The log of a partition as it lies in a node's directory; null where there is none. The node must have ended. */
export function readReplicaLog(directory: string, nodeId: number, topic: string, partition: number): ReplicaLog | null {
  const path = join(directory, `${topic}-${partition}`);
  if (!existsSync(path)) return null;
  const batches = new Map<number, string>();
  let startOffset: number | undefined;
  let endOffset = 0;
  const segments = readdirSync(path).filter((name) => name.endsWith('.log'));
  for (const name of segments.sort()) {
    const bytes = readFileSync(join(path, name));
    startOffset ??= Number(name.slice(0, -'.log'.length));
    endOffset = Math.max(endOffset, Number(name.slice(0, -'.log'.length)));
    for (let at = 0; at + batchHeaderBytes <= bytes.length; ) {
      const end = at + batchHeaderBytes + bytes.readInt32BE(at + 8);
      if (end > bytes.length || end <= at + batchHeaderBytes) break;
      const baseOffset = Number(bytes.readBigInt64BE(at));
      batches.set(baseOffset, createHash('sha1').update(bytes.subarray(at, end)).digest('hex'));
      endOffset = baseOffset + bytes.readInt32BE(at + 23) + 1;
      at = end;
    }
  }
  return { nodeId, partition, startOffset: startOffset ?? 0, endOffset, batches };
}
