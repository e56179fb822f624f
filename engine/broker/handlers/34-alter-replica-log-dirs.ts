import { shardOf, topicNameHashOfString } from '../../metadata/columns/placement.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { AlterReplicaLogDirsRequest } from '../../protocol/generated/alter-replica-log-dirs-request.js';
import type { AlterReplicaLogDirsResponse } from '../../protocol/generated/alter-replica-log-dirs-response.js';
import type { Init } from '../../protocol/types.ts';
import { askOwners, type OwnerItem } from '../ask-owners.ts';
import type { AlterLogDirAnswer, AlterLogDirItem } from '../partition-questions.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * AlterReplicaLogDirs, versions 1 and 2 (KIP-113): has replicas of this node moved to other log directories of it. What is
 * answered with 0 goes on by itself, as DescribeLogDirs shows, also over a restart; a later request for the same replica
 * takes its place. Where the replica is not here yet the directory is remembered, and the answer REPLICA_NOT_AVAILABLE, or
 * UNKNOWN_TOPIC_OR_PARTITION. A partition that is named twice goes where it was named last.
 */
export function handleAlterReplicaLogDirs(
  request: AlterReplicaLogDirsRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<AlterReplicaLogDirsResponse>) => void,
): void {
  services.logDirectories((directories) => {
    const indexOf = new Map(directories.map(({ path }, index) => [path, index]));
    const answers = new Map<string, Map<number, number>>();
    const items: OwnerItem<AlterLogDirItem, AlterLogDirAnswer>[] = [];
    for (const [topic, paths] of lastPaths(request)) {
      const codes = new Map<number, number>();
      answers.set(topic, codes);
      const hash = topicNameHashOfString(topic);
      for (const [partition, path] of paths) {
        const directory = indexOf.get(path);
        codes.set(partition, directory === undefined ? errorCode.LOG_DIR_NOT_FOUND : errorCode.UNKNOWN_SERVER_ERROR);
        if (directory === undefined) continue;
        items.push({
          owner: shardOf(hash, partition, services.shards),
          item: { topic, partition, directory },
          // What a shard that died had begun is not known.
          answered: (answer) => codes.set(partition, answer?.errorCode ?? errorCode.REQUEST_TIMED_OUT),
        });
      }
    }
    askOwners(services, context, {
      items,
      ask: (some) => ({ kind: 'alterLogDirs', items: some }),
      done: () => respond({ results: [...answers].map(([topicName, codes]) => resultOf(topicName, codes)) }),
    });
  });
}

function lastPaths({ dirs }: AlterReplicaLogDirsRequest): Map<string, Map<number, string>> {
  const topics = new Map<string, Map<number, string>>();
  for (const { path, topics: named } of dirs) {
    for (const { name, partitions } of named) {
      const paths = topics.get(name) ?? new Map<number, string>();
      topics.set(name, paths);
      for (const partition of partitions) paths.set(partition, path);
    }
  }
  return topics;
}

function resultOf(topicName: string, codes: ReadonlyMap<number, number>) {
  const partitions = [...codes].map(([partitionIndex, code]) => ({ partitionIndex, errorCode: code }));
  return { topicName, partitions };
}
