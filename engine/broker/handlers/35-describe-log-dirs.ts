import type { PartitionRow, TopicRow } from '../../base/brands.ts';
import { unknownSize } from '../../metadata/columns/partition-runtime.ts';
import { isCordoned } from '../../metadata/config/cordoned.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { DescribeLogDirsRequest } from '../../protocol/generated/describe-log-dirs-request.js';
import type {
  DescribeLogDirsPartition,
  DescribeLogDirsResponse,
  DescribeLogDirsResult,
  DescribeLogDirsTopic,
} from '../../protocol/generated/describe-log-dirs-response.js';
import type { Init } from '../../protocol/types.ts';
import { askOwners, type OwnerItem, placeOf } from '../ask-owners.ts';
import type { LogSizeAnswer, PartitionItem } from '../partition-questions.ts';
import type { Request } from '../request.ts';
import type { BrokerServices, LogDirectoryView } from '../services.ts';

/**
 * DescribeLogDirs, versions 1 to 5: the node's log directories and what lies in each of them. Bytes of the volume from
 * version 4 (KIP-827), whether new partitions keep out of a directory from 5. A directory that is offline is
 * KAFKA_STORAGE_ERROR and names nothing. A partition that has no files yet is listed, empty, where the node has one
 * directory only.
 *
 * Left out: moves between directories, so nothing is a future replica and nothing lags.
 */
type TopicPartitions = Map<string, Init<DescribeLogDirsPartition>[]>;

export function handleDescribeLogDirs(
  request: DescribeLogDirsRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<DescribeLogDirsResponse>) => void,
): void {
  services.logDirectories((directories) => {
    try {
      askOwners<PartitionItem, LogSizeAnswer>(services, context, {
        items: unmeasured(request, services),
        ask: (items) => ({ kind: 'logSizes', items }),
        done: () => respond({ results: describe(request, services, directories) }),
      });
    } catch (error) {
      services.fail(context, error);
    }
  });
}

/** Logs that nobody has opened since the start: their owners open them, and tell their sizes in the runtime columns. */
function unmeasured(
  request: DescribeLogDirsRequest,
  services: BrokerServices,
): OwnerItem<PartitionItem, LogSizeAnswer>[] {
  const { partitions, runtime } = services;
  const items: OwnerItem<PartitionItem, LogSizeAnswer>[] = [];
  forEachAsked(request, services, (_, partition, row) => {
    if (runtime.logDirectory(row) < 0 || runtime.sizeBytes(row) !== unknownSize) return;
    const place = placeOf(services, partitions.topicRow(row), partition);
    if (typeof place === 'number') return;
    const { owner, topicGeneration } = place;
    items.push({ owner, item: { row, topicGeneration }, answered: () => {} });
  });
  return items;
}

function describe(
  request: DescribeLogDirsRequest,
  services: BrokerServices,
  directories: readonly LogDirectoryView[],
): Init<DescribeLogDirsResult>[] {
  const contents: TopicPartitions[] = directories.map(() => new Map());
  const withoutFiles = directories.length === 1 ? 0 : -1;
  forEachAsked(request, services, (name, partition, row) => {
    const found = services.runtime.logDirectory(row);
    const directory = contents[found >= 0 ? found : withoutFiles];
    if (directory === undefined) return;
    const partitionSize = BigInt(found >= 0 ? Math.max(services.runtime.sizeBytes(row), 0) : 0);
    const described = { partitionIndex: partition, partitionSize, offsetLag: 0n, isFutureKey: false };
    const known = directory.get(name);
    if (known === undefined) directory.set(name, [described]);
    else known.push(described);
  });
  const { values } = services.config();
  return directories.map((directory, index) => {
    const { path, isOnline, totalBytes, usableBytes } = directory;
    if (!isOnline) return { errorCode: errorCode.KAFKA_STORAGE_ERROR, logDir: path, topics: [] };
    return {
      errorCode: errorCode.NONE,
      logDir: path,
      topics: topicsOf(contents[index]!),
      totalBytes: BigInt(totalBytes),
      usableBytes: BigInt(usableBytes),
      isCordoned: isCordoned(values, path),
    };
  });
}

function topicsOf(contents: TopicPartitions): Init<DescribeLogDirsTopic>[] {
  return [...contents].map(([name, partitions]) => ({ name, partitions }));
}

/** Visits each partition asked for (null: all) that this node has a replica of, once. */
function forEachAsked(
  request: DescribeLogDirsRequest,
  services: BrokerServices,
  visit: (name: string, partition: number, row: PartitionRow) => void,
): void {
  const { topics, partitions } = services;
  const visitPartition = (topicRow: TopicRow, name: string, partition: number): void => {
    const row = topics.partitionRow(topicRow, partition);
    if (row >= 0 && partitions.replicas(row).includes(services.nodeId)) visit(name, partition, row);
  };
  if (request.topics === null) {
    topics.forEachTopic((topicRow) => {
      const name = topics.nameOf(topicRow);
      const count = topics.partitionCountOf(topicRow);
      for (let partition = 0; partition < count; partition++) visitPartition(topicRow, name, partition);
    });
    return;
  }
  const wanted = new Map<string, Set<number>>();
  for (const { topic, partitions: asked } of request.topics) {
    const known = wanted.get(topic) ?? new Set<number>();
    wanted.set(topic, known);
    for (const partition of asked) known.add(partition);
  }
  for (const [name, asked] of wanted) {
    const topicRow = topics.findByNameString(name);
    if (topicRow < 0) continue;
    for (const partition of asked) visitPartition(topicRow, name, partition);
  }
}
