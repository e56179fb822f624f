/** Three nodes in processes of their own: leaders are killed while a producer asks for acks=all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { apiKey } from '#engine/protocol/api-table.ts';
import { errorCode } from '#engine/protocol/errors.ts';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import type { ProduceResponse } from '#engine/protocol/generated/produce-response.js';
import { BatchBuilder } from '#engine/protocol/records/batch-builder.ts';
import { checksum } from '#native/checksum.ts';
import { requireKcat, runKcat } from '../support/kcat.ts';
import { eventually, type QuorumNode, startQuorum } from '../support/quorum-processes.ts';
import { WireClient } from '../support/wire-client.ts';

const topic = 'kept';

interface PartitionView {
  readonly leader: number;
  readonly isr: readonly number[];
}

/** As the first node says that answers. */
async function view(nodes: readonly QuorumNode[]): Promise<PartitionView | null> {
  for (const { place, node } of nodes) {
    if (node?.isRunning !== true) continue;
    const client = await WireClient.connect(place.port);
    try {
      const { topics } = (await client.call(apiKey.Metadata, 12, { topics: [{ name: topic }] })) as MetadataResponse;
      const partition = topics[0]?.partitions[0];
      if (partition !== undefined) return { leader: partition.leaderId, isr: partition.isrNodes };
    } finally {
      client.close();
    }
  }
  return null;
}

function record(value: string): Uint8Array {
  const builder = new BatchBuilder({});
  builder.append(Date.now(), null, new TextEncoder().encode(value));
  return builder.build(checksum);
}

/** Sends to whoever leads until it is acknowledged: what is sent again may be there twice. */
class Producer {
  readonly #nodes: readonly QuorumNode[];
  #client: WireClient | undefined;

  constructor(nodes: readonly QuorumNode[]) {
    this.#nodes = nodes;
  }

  send(value: string): Promise<true> {
    return eventually(`${value} is acknowledged`, async () => {
      try {
        this.#client ??= await this.#connect();
        if (this.#client === undefined) return null;
        const partitionData = [{ index: 0, records: record(value) }];
        const request = { acks: -1, timeoutMs: 2000, topicData: [{ name: topic, partitionData }] };
        const response = (await this.#client.call(apiKey.Produce, 9, request)) as ProduceResponse;
        if (response.responses[0]!.partitionResponses[0]!.errorCode === 0) return true;
      } catch (error) {
        this.close();
        throw error;
      }
      this.close();
      return null;
    });
  }

  async #connect(): Promise<WireClient | undefined> {
    const leader = (await view(this.#nodes))?.leader;
    const node = this.#nodes.find(({ place }) => place.id === leader);
    return node?.node?.isRunning === true ? WireClient.connect(node.place.port) : undefined;
  }

  close(): void {
    this.#client?.close();
    this.#client = undefined;
  }
}

test('kill -9 of leaders under acks=all: nothing acknowledged is lost, and who comes back is in sync again', async (t) => {
  if (!requireKcat(t)) return;
  const nodes = await startQuorum(t, 3, {
    'num.io.threads': '2',
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '1000',
  });
  const admin = await WireClient.connect(nodes[0]!.place.port);
  const created = (await admin.call(apiKey.CreateTopics, 7, {
    topics: [
      {
        name: topic,
        numPartitions: 1,
        replicationFactor: 3,
        configs: [{ name: 'min.insync.replicas', value: '2' }],
      },
    ],
    timeoutMs: 10_000,
  })) as CreateTopicsResponse;
  admin.close();
  assert.equal(created.topics[0]!.errorCode, errorCode.NONE);

  const producer = new Producer(nodes);
  t.after(() => producer.close());
  const acknowledged: string[] = [];
  const produce = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) {
      const value = `v${acknowledged.length}`;
      await producer.send(value);
      acknowledged.push(value);
    }
  };
  for (let round = 0; round < 2; round++) {
    await produce(100);
    const { leader } = (await view(nodes))!;
    const killed = nodes.find(({ place }) => place.id === leader)!;
    await killed.running.kill();
    const atMs = performance.now();
    await produce(1);
    t.diagnostic(`acknowledged again ${Math.round(performance.now() - atMs)} ms after the leader's kill`);
    await produce(100);
    await killed.running.restart();
    await produce(50);
    await eventually('all are in sync', async () => ((await view(nodes))?.isr.length === 3 ? true : null));
  }
  await sleep(600);
  const servers = nodes.map(({ place }) => `127.0.0.1:${place.port}`).join(',');
  const { stdout, code, stderr } = await runKcat(['-b', servers, '-C', '-t', topic, '-e', '-q']);
  assert.equal(code, 0, stderr);
  const read = new Set(stdout.split('\n'));
  const lost = acknowledged.filter((value) => !read.has(value));
  assert.deepEqual(lost, []);
});
