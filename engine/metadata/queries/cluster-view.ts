import type { ClusterView } from '../delta.ts';
import type { CommittedView } from '../image/image-view.ts';

/** The committed image's brokers and features, and the quorum's own feature, as shards keep them. */
export function clusterView(image: CommittedView, clusterId: string, kraftVersion: number): ClusterView {
  const brokers = [...image.brokers.values()].map((broker) => ({
    id: broker.id,
    epoch: broker.epoch,
    rack: broker.rack,
    fenced: broker.fenced,
    inControlledShutdown: broker.inControlledShutdown,
    logDirs: broker.logDirs,
    endpoints: broker.endpoints.map(({ name, host, port, securityProtocol }) => ({
      listener: name,
      host,
      port,
      securityProtocol,
    })),
  }));
  const features = [...image.features].map(([name, level]) => ({ name, level }));
  // A level of 0 is the absence of the feature.
  if (kraftVersion > 0) features.push({ name: 'kraft.version', level: kraftVersion });
  return { clusterId, brokers: brokers.sort((a, b) => a.id - b.id), features, featuresEpoch: image.offset };
}
