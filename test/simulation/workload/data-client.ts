import { RpcClient } from '../../../engine/node/rpc/rpc-client.ts';
import { encodeFetchRequest } from '../../../engine/protocol/generated/fetch-request.js';
import { decodeFetchResponse } from '../../../engine/protocol/generated/fetch-response.js';
import { encodeProduceRequest } from '../../../engine/protocol/generated/produce-request.js';
import { decodeProduceResponse } from '../../../engine/protocol/generated/produce-response.js';
import { Reader } from '../../../engine/protocol/reader.ts';
import { Writer } from '../../../engine/protocol/writer.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { NodeClock } from '../world/node-clock.ts';
import { ProcessLife } from '../world/process-life.ts';
import { clientNodeId } from './admin-client.ts';

export interface Produced {
  readonly errorCode: number;
  readonly baseOffset: number;
}

export interface Fetched {
  readonly errorCode: number;
  readonly highWatermark: number;
  readonly records: Uint8Array;
}

const brokerPort = 9092;
const produceVersion = 12;
const fetchVersion = 12;
const produceTimeoutMs = 2_000;

/** Produces and fetches over connections, as clients do. What comes back null was not answered. */
export class DataClient {
  readonly #cluster: Cluster;
  readonly #life = new ProcessLife(clientNodeId, 2);
  readonly #clock: NodeClock;
  readonly #clients = new Map<number, RpcClient>();

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#clock = new NodeClock(cluster.world.scheduler, this.#life, { rate: 1, wallOffsetMs: 0 });
  }

  produce(
    to: number,
    topic: string,
    index: number,
    records: Uint8Array,
    answered: (produced: Produced | null) => void,
  ): void {
    const writer = new Writer();
    const topicData = [{ name: topic, partitionData: [{ index, records }] }];
    encodeProduceRequest(writer, { acks: -1, timeoutMs: produceTimeoutMs, topicData }, produceVersion);
    this.#client(to).send(0, produceVersion, writer.toBytes(), 2 * produceTimeoutMs, (body) => {
      if (body === null) {
        answered(null);
        return;
      }
      const { responses } = decodeProduceResponse(new Reader(body), produceVersion);
      const { errorCode, baseOffset } = responses[0]!.partitionResponses[0]!;
      answered({ errorCode, baseOffset: Number(baseOffset) });
    });
  }

  fetch(
    to: number,
    topic: string,
    partition: number,
    offset: number,
    answered: (fetched: Fetched | null) => void,
  ): void {
    const writer = new Writer();
    const partitions = [{ partition, fetchOffset: BigInt(offset), partitionMaxBytes: 1 << 20 }];
    const request = { replicaId: -1, maxWaitMs: 100, minBytes: 1, maxBytes: 1 << 20, topics: [{ topic, partitions }] };
    encodeFetchRequest(writer, request, fetchVersion);
    this.#client(to).send(1, fetchVersion, writer.toBytes(), produceTimeoutMs, (body) => {
      const data =
        body === null ? undefined : decodeFetchResponse(new Reader(body), fetchVersion).responses[0]?.partitions[0];
      if (data === undefined) {
        answered(null);
        return;
      }
      const { errorCode, highWatermark, records } = data;
      answered({ errorCode, highWatermark: Number(highWatermark), records: records ?? new Uint8Array(0) });
    });
  }

  #client(to: number): RpcClient {
    let client = this.#clients.get(to);
    if (client === undefined) {
      client = new RpcClient({
        connect: (events, connected) => this.#cluster.network.connect(this.#life, to, brokerPort, events, connected),
        clock: this.#clock,
        clientId: 'simulated',
        maxResponseBytes: 16 << 20,
      });
      this.#clients.set(to, client);
    }
    return client;
  }
}
