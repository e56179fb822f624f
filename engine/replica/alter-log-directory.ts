import { isTooLongForFuture, partitionDirectoryName } from '../log/file-names.ts';
import { errorCode } from '../protocol/errors.ts';
import type { Partition } from './partition.ts';
import type { ShardReplicas } from './shard-replicas.ts';

/**
 * AlterReplicaLogDirs (KIP-113): answers an error code; 0 when the move goes on by itself, also over a restart. The
 * directory is remembered for a log that is to be made yet.
 */
export function alterLogDirectory(
  replicas: ShardReplicas,
  topic: string,
  partition: number,
  directory: number,
  answer: (code: number) => void,
): void {
  const isOnline = replicas.directories[directory]?.disk.isOnline() === true;
  if (isTooLongForFuture(topic, partition)) answer(errorCode.INVALID_TOPIC_EXCEPTION);
  else if (!isOnline) answer(errorCode.KAFKA_STORAGE_ERROR);
  else if (replicas.choice.isCordoned(directory)) answer(errorCode.INVALID_REPLICA_ASSIGNMENT);
  else {
    const found = find(replicas, topic, partition, directory);
    if (typeof found === 'number') answer(found);
    else found.whenOpen(() => moveInTurn(replicas, found, directory, answer));
  }
}

function find(replicas: ShardReplicas, topic: string, partition: number, directory: number): Partition | number {
  const { topics, partitions, runtime } = replicas.metadata;
  const topicRow = topics.findByNameString(topic);
  const row = topicRow < 0 ? -1 : topics.partitionRow(topicRow, partition);
  if (row < 0 || runtime.logDirectory(row) === -1) {
    replicas.choice.prefer(partitionDirectoryName(topic, partition), directory);
  }
  if (row < 0) return errorCode.UNKNOWN_TOPIC_OR_PARTITION;
  const found = replicas.findReplica(row, partitions.topicGeneration(row));
  return typeof found === 'number' ? errorCode.REPLICA_NOT_AVAILABLE : found;
}

function moveInTurn(
  replicas: ShardReplicas,
  partition: Partition,
  directory: number,
  answer: (code: number) => void,
): void {
  replicas.names.run(partition.name, (release) => {
    moveTo(replicas, partition, directory, (code) => {
      release();
      answer(code);
    });
  });
}

function moveTo(
  { moves, directories }: ShardReplicas,
  partition: Partition,
  directory: number,
  done: (code: number) => void,
): void {
  if (!partition.isOnline) done(errorCode.KAFKA_STORAGE_ERROR);
  else if (moves.directoryOf(partition) === directory) done(0);
  else {
    moves.cancel(partition, () => {
      // A copy must not lie where it is not looked for: in a directory that is offline, and comes back.
      const areAllOnline = directories.every(({ disk }) => disk.isOnline());
      if (partition.logDirectory === directory) done(0);
      else if (!partition.isOnline || !areAllOnline) done(errorCode.KAFKA_STORAGE_ERROR);
      else moves.begin(partition, directory, done);
    });
  }
}
