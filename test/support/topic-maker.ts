/** Makes and deletes topics over one connection until it breaks; keeps what was answered. */
import assert from 'node:assert/strict';
import { apiKey } from '#engine/protocol/api-table.ts';
import type { CreateTopicsResponse } from '#engine/protocol/generated/create-topics-response.js';
import type { DeleteTopicsResponse } from '#engine/protocol/generated/delete-topics-response.js';
import type { MetadataResponse } from '#engine/protocol/generated/metadata-response.js';
import { ClosedByBroker, WireClient } from './wire-client.ts';

export class TopicMaker {
  readonly made = new Map<string, string>();
  readonly deleted = new Set<string>();
  #next = 0;

  async run(port: number): Promise<void> {
    const client = await WireClient.connect(port);
    try {
      for (;;) {
        const name = `topic-${this.#next++}`;
        await this.#make(client, name);
        if (this.#next % 3 === 0) await this.#remove(client, name);
      }
    } catch (error) {
      if (!(error instanceof ClosedByBroker)) throw error;
    } finally {
      client.close();
    }
  }

  async #make(client: WireClient, name: string): Promise<void> {
    const request = { topics: [{ name, numPartitions: 2, replicationFactor: 1 }], timeoutMs: 30_000 };
    const answer = (await client.call(apiKey.CreateTopics, 7, request)) as CreateTopicsResponse;
    assert.equal(answer.topics[0].errorCode, 0, name);
    this.made.set(name, answer.topics[0].topicId);
  }

  async #remove(client: WireClient, name: string): Promise<void> {
    // Until it is answered, nobody knows whether it is there.
    this.made.delete(name);
    const request = { topics: [{ name, topicId: null }], timeoutMs: 30_000 };
    const answer = (await client.call(apiKey.DeleteTopics, 6, request)) as DeleteTopicsResponse;
    assert.equal(answer.responses[0].errorCode, 0, name);
    this.deleted.add(name);
  }

  async check(client: WireClient): Promise<void> {
    const answer = (await client.call(apiKey.Metadata, 12, { topics: null })) as MetadataResponse;
    const there = new Map(answer.topics.map(({ name, topicId }) => [name ?? '', topicId]));
    for (const [name, id] of this.made) assert.equal(there.get(name), id, `topic ${name} was made and is not there`);
    for (const name of this.deleted) assert.ok(!there.has(name), `topic ${name} was deleted and is there`);
  }
}
