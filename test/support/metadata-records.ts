import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadMetadataRecordCodec } from '../../engine/node/quorum/metadata-record-codec.ts';
import { replayMetadataBatch } from '../../engine/node/quorum/raft-records.ts';
import { batchBaseOffset, batchIsControl, batchSizeBytes } from '../../engine/protocol/records/batch-view.ts';

export interface ReadRecord {
  readonly offset: number;
  readonly apiKey: number;
  readonly version: number;
  readonly message: Record<string, unknown>;
}

/** The metadata records in the log of a node that may be running, of Millrace or of Apache Kafka. */
export async function readMetadataRecords(logDirectory: string): Promise<ReadRecord[]> {
  const codec = await loadMetadataRecordCodec();
  const directory = join(logDirectory, '__cluster_metadata-0');
  const records: ReadRecord[] = [];
  for (const name of readdirSync(directory).sort()) {
    if (!name.endsWith('.log')) continue;
    const bytes = readFileSync(join(directory, name));
    for (let at = 0; at + 61 <= bytes.length; ) {
      const size = batchSizeBytes(bytes, at);
      // The rest is room that was made in advance, or a batch that is being written.
      if (batchBaseOffset(bytes, at) < 0 || size <= 61 || at + size > bytes.length) break;
      const base = batchBaseOffset(bytes, at);
      if (!batchIsControl(bytes, at)) {
        replayMetadataBatch(codec, bytes, at, ({ apiKey, version, message }, delta) =>
          records.push({ offset: base + delta, apiKey, version, message: message as Record<string, unknown> }),
        );
      }
      at += size;
    }
  }
  return records;
}
