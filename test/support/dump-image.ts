import type { MetadataImage } from '../../engine/metadata/image/metadata-image.ts';

/** The committed image as plain data, in an order of its own, so that equal images have equal dumps. */
export function dumpCommitted({ committed }: MetadataImage): object {
  const byName = [...committed.topics.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    features: sorted(committed.features),
    brokers: sorted(committed.brokers),
    controllers: sorted(committed.controllers),
    topics: byName.map(({ id, name }) => {
      const block = committed.partitions(id);
      return { id, name, partitions: Array.from({ length: block?.count ?? 0 }, (_, i) => block?.get(i)) };
    }),
    configs: sorted(committed.allConfigs).map(([key, { values }]) => [key, sorted(values)]),
    producerIds: committed.producerIds?.nextProducerId ?? 0n,
  };
}

/** The same of the last written state. */
export function dumpWritten({ written }: MetadataImage): object {
  const byName = [...written.topics()].map(([, topic]) => topic).sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    features: sorted(written.features()),
    brokers: sorted(written.brokers()),
    controllers: sorted(written.controllers()),
    topics: byName.map(({ id, name }) => ({
      id,
      name,
      partitions: Array.from({ length: written.partitionCount(id) }, (_, i) => written.partition(id, i)),
    })),
    configs: sorted(written.allConfigs()).map(([key, { values }]) => [key, sorted(values)]),
    producerIds: written.producerIds()?.nextProducerId ?? 0n,
  };
}

function sorted<K extends string | number, V>(entries: Iterable<readonly [K, V]>): (readonly [K, V])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}
