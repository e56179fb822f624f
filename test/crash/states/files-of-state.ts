/** What a crash left, as files: those that are replaced as a whole must be old or new, and never in between. */
import assert from 'node:assert/strict';
import { checkpointFileNames, parseCleanShutdown, parseOffsetCheckpoint } from '../../../engine/log/checkpoints.ts';
import { parseEpochs } from '../../../engine/log/epoch-checkpoint.ts';
import { partitionDirectoryName } from '../../../engine/log/file-names.ts';
import { parsePartitionMetadata } from '../../../engine/log/partition-metadata.ts';
import { decodeMetaProperties } from '../../../engine/node/quorum/meta-properties.ts';
import { decodeQuorumState } from '../../../engine/node/quorum/quorum-state-file.ts';
import { ProducerModel } from '../../support/producer-model.ts';

type Files = Readonly<Record<string, Uint8Array>>;

const offsetCheckpoints: readonly string[] = Object.values(checkpointFileNames);

/** Throws an AssertionError, or what the file's reader throws. */
export function assertReplacedFilesAreWhole(files: Files): void {
  for (const [path, bytes] of Object.entries(files)) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (offsetCheckpoints.includes(name))
      assert.ok(
        parseOffsetCheckpoint(bytes, () => {}),
        `${path} is whole`,
      );
    else if (name === '.kafka_cleanshutdown') assert.notEqual(parseCleanShutdown(bytes), -1, `${path} is whole`);
    else if (name === 'leader-epoch-checkpoint') assert.ok(parseEpochs(bytes) !== null, `${path} is whole`);
    else if (name === 'partition.metadata') assert.ok(parsePartitionMetadata(bytes) !== null, `${path} is whole`);
    else if (name === 'meta.properties') decodeMetaProperties(bytes);
    else if (name === 'quorum-state') decodeQuorumState(bytes);
    else if (/^\d{20}\.snapshot$/.test(name)) ProducerModel.read(bytes, path);
  }
}

/** What the checkpoint files say of one log. */
export function checkpointed(files: Files, log: string) {
  const offsetIn = (name: keyof typeof checkpointFileNames): number => {
    let found = 0;
    parseOffsetCheckpoint(files[checkpointFileNames[name]] ?? new Uint8Array(0), (topic, partition, offset) => {
      if (partitionDirectoryName(topic, partition) === log) found = offset;
    });
    return found;
  };
  return {
    recoveryPoint: offsetIn('recoveryPoint'),
    highWatermark: offsetIn('highWatermark'),
    logStartOffset: offsetIn('logStartOffset'),
  };
}

/** The files right in one directory, by their names. */
export function partitionFilesOf(files: Files, directory: string): Map<string, Uint8Array> {
  const prefix = `${directory}/`;
  const inside = Object.entries(files).filter(([path]) => path.startsWith(prefix));
  return new Map(inside.map(([path, bytes]) => [path.slice(prefix.length), bytes]));
}
