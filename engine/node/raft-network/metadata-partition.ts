import { metadataTopicName } from '../quorum/partition-raft-log.ts';

/** The one entry of messages about `__cluster_metadata-0`; undefined where a message is about anything else. */
export function onlyPartition<P>(
  topics: readonly { readonly partitions: readonly P[] }[],
  isMetadata: (topic: number) => boolean,
  indexOf: (partition: P) => number,
): P | undefined {
  const [topic] = topics;
  const [partition] = topic?.partitions ?? [];
  if (topics.length !== 1 || topic?.partitions.length !== 1 || partition === undefined) return undefined;
  return isMetadata(0) && indexOf(partition) === 0 ? partition : undefined;
}

/** The same, of messages that name topics by `topicName` and partitions by `partitionIndex`. */
export function onlyNamedPartition<P extends { readonly partitionIndex: number }>(
  topics: readonly { readonly topicName: string; readonly partitions: readonly P[] }[],
): P | undefined {
  return onlyPartition(
    topics,
    (at) => topics[at]!.topicName === metadataTopicName,
    ({ partitionIndex }) => partitionIndex,
  );
}
