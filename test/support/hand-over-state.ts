/** What a node says of its data, by Apache Kafka's tools and by raw requests: to be the same after another node has taken over. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { apiKey } from '#engine/protocol/api-table.ts';
import type { DescribeProducersResponse } from '#engine/protocol/generated/describe-producers-response.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import { type ApacheTools, tool } from './apache-tools.ts';
import type { StorageClient } from './storage-client.ts';

export interface HandOverState {
  readonly topics: string;
  readonly configs: string;
  readonly earliest: string;
  readonly latest: string;
  /** By partition: all that a consumer reads. */
  readonly records: ReadonlyMap<string, readonly object[]>;
  readonly producers: ReadonlyMap<string, readonly object[]>;
}

export async function handOverState(
  tools: ApacheTools,
  bootstrap: string,
  client: StorageClient,
): Promise<HandOverState> {
  const at = ['--bootstrap-server', bootstrap];
  const output = async (mainClass: string, ...args: string[]): Promise<string> =>
    (await tools.output(mainClass, [...at, ...args])).split('\n').sort().join('\n');
  const [everyBroker, broker] = [['--entity-default'], ['--entity-name', '1']];
  const configs: string[] = [];
  for (const entity of [everyBroker, broker]) {
    configs.push(await output(tool.configs, '--describe', '--entity-type', 'brokers', ...entity));
  }
  configs.push(await output(tool.configs, '--describe', '--entity-type', 'topics'));
  const records = new Map<string, readonly object[]>();
  const producers = new Map<string, readonly object[]>();
  for (const { name, partition } of await partitionsOf(client)) {
    const start = await client.offset(name, partition, -2);
    records.set(`${name}-${partition}`, await client.read(name, partition, start));
    producers.set(`${name}-${partition}`, await producersOf(client, name, partition));
  }
  return {
    // In which order a topic's configurations are said is chance.
    topics: (await output(tool.topics, '--describe')).replaceAll(/Configs: (\S+)/g, (_, list: string) => {
      return `Configs: ${list.split(',').sort().join(',')}`;
    }),
    configs: configs.join('\n'),
    earliest: await output(tool.getOffsets, '--time', '-2'),
    latest: await output(tool.getOffsets, '--time', '-1'),
    records,
    producers,
  };
}

async function partitionsOf(client: StorageClient): Promise<{ name: string; partition: number }[]> {
  const { topics } = (await client.wire.call(apiKey.Metadata, 12, { topics: null })) as MetadataResponse;
  return topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex }) => ({ name: name ?? '', partition: partitionIndex })),
  );
}

async function producersOf(client: StorageClient, name: string, partition: number): Promise<readonly object[]> {
  const body = { topics: [{ name, partitionIndexes: [partition] }] };
  const answer = (await client.wire.call(apiKey.DescribeProducers, 0, body)) as DescribeProducersResponse;
  const { errorCode, activeProducers } = answer.topics[0]!.partitions[0]!;
  assert.equal(errorCode, 0, `DescribeProducers of ${name}-${partition}`);
  return [...activeProducers].sort((a, b) => Number(a.producerId - b.producerId));
}

/** Apache's DumpLogSegments reads every file of every log in a directory that nobody uses, and finds nothing wrong. */
export async function dumpAll(tools: ApacheTools, directory: string): Promise<void> {
  const files = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/-(delete|stray)$|^__cluster_metadata/.test(entry.name))
    .flatMap(({ name }) => readdirSync(join(directory, name)).map((file) => join(directory, name, file)))
    .filter((path) => /\.(log|index|timeindex|snapshot)$/.test(path) && existsSync(path));
  const { code, stdout, stderr } = await tools.run(tool.dumpLogSegments, ['--files', files.join(',')]);
  assert.equal(code, 0, stdout + stderr);
  assert.doesNotMatch(stdout + stderr, /mismatch|corrupt|could not be read|exception|not sane|non-consecutive/i);
  const log = join(directory, '__cluster_metadata-0', '00000000000000000000.log');
  await tools.output(tool.dumpLogSegments, ['--cluster-metadata-decoder', '--files', log]);
}
