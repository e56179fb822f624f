import type { Uuid } from '../base/brands.ts';
import { inOrder } from './continuation.ts';
import { partitionMetadataFileName } from './file-names.ts';
import type { Finished } from './log-error.ts';
import type { LogState } from './log-state.ts';
import { encodeText, splitAsciiLines } from './text-lines.ts';

export interface PartitionMetadata {
  readonly version: 0;
  readonly topicId: Uuid;
}

/** `partition.metadata`: which topic the directory belongs to. */
export function formatPartitionMetadata(metadata: PartitionMetadata): Uint8Array {
  return encodeText(`version: ${metadata.version}\ntopic_id: ${metadata.topicId}`);
}

/** Null when the bytes are not such a file. */
export function parsePartitionMetadata(bytes: Uint8Array): PartitionMetadata | null {
  const lines = splitAsciiLines(bytes);
  if (lines === null || lines.length !== 2 || lines[0] !== 'version: 0') return null;
  const prefix = 'topic_id: ';
  if (!lines[1].startsWith(prefix)) return null;
  const topicId = lines[1].slice(prefix.length);
  return topicId.length === 22 && /^[A-Za-z0-9_-]+$/.test(topicId) ? { version: 0, topicId } : null;
}

export const partitionMetadataMaxBytes = 256;

/** Makes `topic-N` with its `partition.metadata`, which ties it to the topic's id before there is a record in it. */
export function makePartitionDirectory(state: LogState, done: Finished): void {
  const metadata = formatPartitionMetadata({ version: 0, topicId: state.topicId });
  inOrder(
    [
      (next) => state.disk.makeDirectory(state.directory, next),
      (next) => state.disk.replaceFile(state.path(partitionMetadataFileName), metadata, next),
    ],
    (error) => {
      if (error === null) state.isDirectoryMade = true;
      else state.disk.fail(`cannot make ${state.directory}: ${error.message}`);
      done(error);
    },
  );
}
