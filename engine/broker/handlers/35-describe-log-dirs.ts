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
 * directory only. One that is being moved is listed in both directories: where it goes to with `isFutureKey`, and the
 * records that it lacks there.
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
  forEachAsked(request, services, (name, partitionIndex, row) => {
    const { runtime } = services;
    const found = runtime.logDirectory(row);
    const add = (directory: number, size: number, lag: number, isFutureKey: boolean): void => {
      const topics = contents[directory];
      const partitionSize = BigInt(Math.max(size, 0));
      const described = { partitionIndex, partitionSize, offsetLag: BigInt(lag), isFutureKey };
      const known = topics?.get(name);
      if (known === undefined) topics?.set(name, [described]);
      else known.push(described);
    };
    add(found >= 0 ? found : withoutFiles, found >= 0 ? runtime.sizeBytes(row) : 0, 0, false);
    const future = runtime.futureDirectory(row);
    if (future >= 0) add(future, runtime.futureSizeBytes(row), lagOf(services, row, directories), true);
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

/** Records that the copy of a log lacks; -1 where the log is not to be had, or its owner is at work on the row. */
function lagOf({ runtime }: BrokerServices, row: PartitionRow, directories: readonly LogDirectoryView[]): number {
  const end = runtime.logEndOffset(row);
  const futureEnd = runtime.futureEndOffset(row);
  const isKnown = directories[runtime.logDirectory(row)]?.isOnline === true && end >= 0 && futureEnd >= 0;
  return isKnown ? end - futureEnd : -1;
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
