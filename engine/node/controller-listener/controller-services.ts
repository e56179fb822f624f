import type { NodeId } from '../../base/brands.ts';
import type { Logger } from '../../base/logger.ts';
import type { ConfigSources } from '../../broker/handlers/32-describe-configs.ts';
import type { Controller } from '../../controller/controller.ts';
import type { BrokerConfig } from '../../metadata/config/broker-config.ts';
import { resolveBroker } from '../../metadata/config/resolve.ts';
import type { ClusterView } from '../../metadata/delta.ts';
import type { MetadataImage } from '../../metadata/image/metadata-image.ts';
import { resourceType } from '../../metadata/image/states.ts';
import { clusterView } from '../../metadata/queries/cluster-view.ts';
import type { MetadataLog } from '../quorum/metadata-log.ts';
import type { RaftServices } from '../raft-network/raft-server.ts';
import type { VoterChangeServices } from '../raft-network/voter-changes.ts';

/** What the controller's listener serves from. */
export interface ControllerServices {
  readonly nodeId: NodeId;
  readonly clusterId: string;
  readonly controller: Pick<Controller, 'handle' | 'connectionLost'>;
  readonly log: Pick<MetadataLog, 'describeQuorum' | 'leaderId' | 'kraftVersion'>;
  /** This node's replica of the metadata log, for other nodes' Raft. */
  readonly quorum: RaftServices & { readonly voterChanges: VoterChangeServices | null };
  readonly image: MetadataImage;
  readonly config: BrokerConfig;
  readonly logger: Logger;
}

/** The committed image as ApiVersions and DescribeCluster look at it. */
export function clusterOf({ image, clusterId, log }: ControllerServices): ClusterView {
  return clusterView(image.committed, clusterId, log.kraftVersion);
}

/** Configs out of the committed image. Resolved anew for each request: they are few, and this thread keeps no copy. */
export function configSources({ image, config, nodeId }: ControllerServices): ConfigSources {
  const { committed } = image;
  return {
    nodeId,
    config: () =>
      resolveBroker(config, {
        clusterWide: committed.configs(resourceType.broker, ''),
        ofBroker: committed.configs(resourceType.broker, String(nodeId)),
      }),
    topicOverrides: (name) =>
      committed.topicByName(name) === undefined ? undefined : committed.configs(resourceType.topic, name),
    resourceConfig: (type, name) => committed.configs(type, name),
  };
}
