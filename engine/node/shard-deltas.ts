import type { ShardDelta } from '../metadata/delta.ts';
import type { ShardReplicas } from '../replica/shard-replicas.ts';
import type { GroupMachines } from './groups/group-machines.ts';
import type { LogCleaner } from './partitions/log-cleaner.ts';
import type { PartitionUpkeep } from './partitions/partition-upkeep.ts';
import type { ResourceConfigs } from './resource-configs.ts';
import type { ShardConfig } from './shard-config.ts';

/** What of a shard follows the committed image. */
export interface FollowingParts {
  readonly config: ShardConfig;
  readonly replicas: ShardReplicas;
  readonly upkeep: PartitionUpkeep;
  readonly cleaner: LogCleaner;
  readonly groups: GroupMachines;
  readonly resourceConfigs: ResourceConfigs;
}

/** Acts on what a published image changed: configuration first, so that partitions are led and followed by it. */
export function applyDelta(parts: FollowingParts, delta: ShardDelta): void {
  const { config, resourceConfigs, replicas } = parts;
  if (delta.brokerConfigs !== null) {
    config.setDynamic(delta.brokerConfigs);
    configChanged(parts);
    for (const partition of replicas.live()) partition.reconfigure();
  }
  resourceConfigs.apply(delta.resourceConfigs, delta.full);
  for (const topicRow of delta.topicConfigs) config.forgetTopic(topicRow);
  const changed = new Set(delta.topicConfigs);
  if (changed.size > 0) {
    configChanged(parts);
    for (const partition of replicas.live()) {
      if (changed.has(partition.identity.topicRow)) partition.reconfigure();
    }
  }
  applyRows(parts, delta);
}

function configChanged({ upkeep, cleaner }: FollowingParts): void {
  upkeep.configChanged();
  cleaner.configChanged();
}

function applyRows({ replicas, groups }: FollowingParts, delta: ShardDelta): void {
  for (const removed of delta.remove) {
    groups.drop(removed.row);
    replicas.remove(removed);
  }
  for (const row of delta.lead) replicas.update(row);
  for (const row of delta.altered) replicas.update(row);
  for (const row of delta.follow) {
    groups.drop(row);
    replicas.update(row);
  }
  groups.lead(delta.lead);
  if (delta.removedTopics.length > 0) groups.topicsDeleted(delta.removedTopics);
}
