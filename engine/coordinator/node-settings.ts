import type { Controller } from '../controller/controller.ts';
import type { BrokerConfig } from '../metadata/config/broker-config.ts';
import { isCordoned } from '../metadata/config/cordoned.ts';
import type { Endpoint } from '../metadata/config/listeners.ts';
import { resolveBroker } from '../metadata/config/resolve.ts';
import type { CommittedView } from '../metadata/image/image-view.ts';
import { type Endpoint as RegisteredEndpoint, resourceType, type SupportedRange } from '../metadata/image/states.ts';
import { features, latestMetadataVersion, metadataVersionFeature, minMetadataVersion } from '../protocol/features.ts';

export function controllerSettings(
  config: BrokerConfig,
  clusterId: string,
): ConstructorParameters<typeof Controller>[0]['settings'] {
  return {
    nodeId: config.nodeId,
    clusterId,
    configuredVoters: config.voters.map(({ nodeId }) => nodeId),
    defaultPartitions: config.values.number('num.partitions'),
    defaultReplicationFactor: config.values.number('default.replication.factor'),
    deleteTopicEnable: config.values.boolean('delete.topic.enable'),
    uncleanLeaderElectionEnable: config.values.boolean('unclean.leader.election.enable'),
    balanceIntervalMs: config.values.boolean('auto.leader.rebalance.enable')
      ? config.values.number('leader.imbalance.check.interval.seconds') * 1000
      : Number.POSITIVE_INFINITY,
    uncleanElectionIntervalMs: config.values.number('unclean.leader.election.interval.ms'),
    minInsyncReplicas: config.values.number('min.insync.replicas'),
    supportedFeatures: supportedFeatures(),
  };
}

export function supportedFeatures(): SupportedRange[] {
  const ranges = features.map(({ name, minLevel, maxLevel }) => ({
    name,
    minSupportedVersion: minLevel,
    maxSupportedVersion: maxLevel,
  }));
  ranges.push({
    name: metadataVersionFeature,
    minSupportedVersion: minMetadataVersion,
    maxSupportedVersion: latestMetadataVersion,
  });
  return ranges;
}

const securityProtocolIds: Readonly<Record<Endpoint['securityProtocol'], number>> = {
  PLAINTEXT: 0,
  SSL: 1,
  SASL_PLAINTEXT: 2,
  SASL_SSL: 3,
};

/** The directories that take no new replicas, as the configuration has them now. */
export function cordonedDirectories<D extends { readonly path: string }>(
  config: BrokerConfig,
  image: Pick<CommittedView, 'configs'>,
  directories: readonly D[],
): D[] {
  const { values } = resolveBroker(config, {
    clusterWide: image.configs(resourceType.broker, ''),
    ofBroker: image.configs(resourceType.broker, String(config.nodeId)),
  });
  return directories.filter(({ path }) => isCordoned(values, path));
}

export function registeredEndpoint({ listener, host, port, securityProtocol }: Endpoint): RegisteredEndpoint {
  return { name: listener, host, port, securityProtocol: securityProtocolIds[securityProtocol] };
}
