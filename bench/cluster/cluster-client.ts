/** Asks nodes of a cluster that may be dead, paused or cut off. */
import { apiKey } from '../../engine/protocol/api-table.ts';
import type { DescribeQuorumResponse } from '../../engine/protocol/generated/describe-quorum-response.js';
import type { MetadataResponse } from '../../engine/protocol/generated/metadata-response.js';
import { WireClient } from '../load/wire-client.ts';

/** There was no answer: nobody knows whether the request was carried out. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const metadataVersion = 12;
const describeQuorumVersion = 1;
const lookupTimeoutMs = 1500;

export class ClusterClient {
  readonly #ports: ReadonlyMap<number, number>;
  readonly #connections = new Map<number, Promise<WireClient>>();
  readonly #leaders = new Map<string, number>();
  #nextAsked = 0;

  /** @param ports client ports, by node id. */
  constructor(ports: ReadonlyMap<number, number>) {
    this.#ports = ports;
  }

  close(): void {
    for (const nodeId of [...this.#connections.keys()]) this.#drop(nodeId);
  }

  /** Throws NoAnswer. */
  async call<Answer>(
    nodeId: number,
    key: number,
    version: number,
    message: object,
    timeoutMs: number,
  ): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new NoAnswer(`node ${nodeId}: nothing in ${timeoutMs} ms`)), timeoutMs);
    });
    try {
      const answered = this.#connection(nodeId).then((client) => client.call(key, version, message));
      return (await Promise.race([answered, late])) as Answer;
    } catch (error) {
      // What comes later on this connection answers requests that were given up.
      this.#drop(nodeId);
      throw error instanceof NoAnswer ? error : new NoAnswer(`node ${nodeId}: ${(error as Error).message}`);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Whom to ask for a partition, as far as is known; null where nobody leads it. Throws NoAnswer. */
  async leaderOf(topic: string, partition: number): Promise<number | null> {
    const key = `${topic}/${partition}`;
    if (!this.#leaders.has(key)) await this.#lookUp(topic);
    return this.#leaders.get(key) ?? null;
  }

  /** What was known of the leader was wrong, or is not to be relied on. */
  forgetLeader(topic: string, partition: number): void {
    this.#leaders.delete(`${topic}/${partition}`);
  }

  /** The active controller, as some node has it; null for none. Throws NoAnswer. */
  async activeController(): Promise<number | null> {
    const topics = [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }];
    const answer = await this.#anyone<DescribeQuorumResponse>(apiKey.DescribeQuorum, describeQuorumVersion, { topics });
    const leader = answer.topics[0]?.partitions[0]?.leaderId ?? -1;
    return leader < 0 ? null : leader;
  }

  /** Node ids of the in-sync replicas, by partition. Throws NoAnswer. */
  async isrOf(topic: string): Promise<Map<number, readonly number[]>> {
    const answer = await this.#lookUp(topic);
    const partitions = answer.topics[0]?.partitions ?? [];
    return new Map(partitions.map(({ partitionIndex, isrNodes }) => [partitionIndex, isrNodes]));
  }

  async #lookUp(topic: string): Promise<MetadataResponse> {
    const message = {
      topics: [{ topicId: 'AAAAAAAAAAAAAAAAAAAAAA', name: topic }],
      allowAutoTopicCreation: false,
      includeTopicAuthorizedOperations: false,
    };
    const answer = await this.#anyone<MetadataResponse>(apiKey.Metadata, metadataVersion, message);
    for (const { errorCode, partitionIndex, leaderId } of answer.topics[0]?.partitions ?? []) {
      const key = `${topic}/${partitionIndex}`;
      if (errorCode === 0 && leaderId >= 0 && this.#ports.has(leaderId)) this.#leaders.set(key, leaderId);
      else this.#leaders.delete(key);
    }
    return answer;
  }

  /** Another one each time: who does not answer is not asked again at once. */
  async #anyone<Answer>(key: number, version: number, message: object): Promise<Answer> {
    const nodeIds = [...this.#ports.keys()];
    const nodeId = nodeIds[this.#nextAsked++ % nodeIds.length];
    return this.call<Answer>(nodeId, key, version, message, lookupTimeoutMs);
  }

  #connection(nodeId: number): Promise<WireClient> {
    const known = this.#connections.get(nodeId);
    if (known !== undefined) return known;
    const port = this.#ports.get(nodeId);
    if (port === undefined) throw new Error(`there is no node ${nodeId}`);
    const connecting = WireClient.connect(port);
    this.#connections.set(nodeId, connecting);
    return connecting;
  }

  #drop(nodeId: number): void {
    const connection = this.#connections.get(nodeId);
    this.#connections.delete(nodeId);
    connection?.then(
      (client) => client.close(),
      () => {},
    );
  }
}
