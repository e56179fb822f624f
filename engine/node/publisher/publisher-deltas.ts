import type { NodeId, Offset } from '../../base/brands.ts';
import type { BrokerConfigs, ChangedResource, ConfigPair, ShardDelta } from '../../metadata/delta.ts';
import type { CommittedView } from '../../metadata/image/image-view.ts';
import { type ImageChanges, resourceType } from '../../metadata/image/states.ts';
import { clusterView } from '../../metadata/queries/cluster-view.ts';
import type { ColumnPublisher, WrittenRows } from './publisher-columns.ts';

export interface DeltaParts {
  readonly image: CommittedView;
  readonly nodeId: NodeId;
  readonly clusterId: string;
  readonly shards: number;
  readonly kraftVersion: number;
  readonly kraftVersionChanged: boolean;
}

/** One delta a shard that names everything. */
export function fullDeltas(parts: DeltaParts, columns: ColumnPublisher, imageOffset: Offset): ShardDelta[] {
  const { image } = parts;
  const resourceConfigs: ChangedResource[] = [];
  for (const { type, name, values } of image.allConfigs.values()) {
    if (isShards(type)) resourceConfigs.push({ type, name, values: [...values] });
  }
  const common = {
    imageOffset,
    imageEpoch: image.epoch,
    full: true,
    removedTopics: [],
    // Every topic is new to the shard: it reads the overrides of those that it opens.
    topicConfigs: [],
    brokerConfigs: brokerConfigs(parts),
    resourceConfigs,
    cluster: clusterView(image, parts.clusterId, parts.kraftVersion),
  };
  return columns.allRows().map((rows) => ({ ...common, ...rows }));
}

/** One delta a shard that names what changed. */
export function incrementalDeltas(parts: DeltaParts, written: WrittenRows, changes: ImageChanges): ShardDelta[] {
  const resources = [...changes.changedConfigs.values()];
  const own = String(parts.nodeId);
  const brokers = resources.some(({ type, name }) => type === resourceType.broker && (name === '' || name === own));
  const resourceConfigs = resources
    .filter(({ type }) => isShards(type))
    .map(({ type, name }): ChangedResource => {
      const values = parts.image.configs(type, name);
      return { type, name, values: values.size === 0 ? null : [...values] };
    });
  const common = {
    imageOffset: changes.imageOffset,
    imageEpoch: changes.imageEpoch,
    full: false,
    removedTopics: [...changes.removedTopics.values()].map(({ topic }) => topic.name),
    topicConfigs: written.topicConfigs,
    brokerConfigs: brokers ? brokerConfigs(parts) : null,
    resourceConfigs,
    cluster:
      changes.brokersChanged || changes.featuresChanged || parts.kraftVersionChanged
        ? clusterView(parts.image, parts.clusterId, parts.kraftVersion)
        : null,
  };
  return written.shards.map((rows) => ({ ...common, ...rows }));
}

/** Resources whose configs shards keep apart from rows and broker configs. */
function isShards(type: number): boolean {
  return type === resourceType.group || type === resourceType.clientMetrics;
}

function brokerConfigs({ image, nodeId }: DeltaParts): BrokerConfigs {
  const pairs = (name: string): ConfigPair[] => [...image.configs(resourceType.broker, name)];
  return { cluster: pairs(''), broker: pairs(String(nodeId)) };
}
