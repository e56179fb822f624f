import type { MetadataImage } from '../../../engine/metadata/image/metadata-image.ts';
import { apiKey } from '../../../engine/protocol/api-table.ts';
import { errorCode } from '../../../engine/protocol/errors.ts';
import type { CreatePartitionsResponse } from '../../../engine/protocol/generated/create-partitions-response.js';
import type { CreateTopicsResponse } from '../../../engine/protocol/generated/create-topics-response.js';
import type { DeleteTopicsResponse } from '../../../engine/protocol/generated/delete-topics-response.js';
import type { SeededRandom } from '../../support/seeded-random.ts';
import { InvariantViolated } from '../checkers/checker.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { type AdminClient, isNotController } from './admin-client.ts';

/** What must be true of a topic. `maybe`: an answer is outstanding, or never came. */
interface Topic {
  readonly name: string;
  state: 'maybe' | 'there' | 'maybe-gone' | 'gone';
  /** At least so many. */
  partitions: number;
}

const invariant = 'acknowledged changes stay';

/** Makes, grows and deletes topics, and knows what of that was acknowledged. */
export class TopicChanges {
  readonly #cluster: Cluster;
  readonly #client: AdminClient;
  readonly #random: SeededRandom;
  readonly #topics: Topic[] = [];
  #leaderId = 1;
  acknowledged = 0;

  constructor(cluster: Cluster, client: AdminClient, random: SeededRandom) {
    this.#cluster = cluster;
    this.#client = client;
    this.#random = random;
  }

  /** One change. */
  act(): void {
    const topic = this.#topics[this.#random.below(Math.max(1, this.#topics.length))];
    const choice = this.#random.below(10);
    if (topic === undefined || choice < 6) this.#create();
    else if (choice < 8) this.#delete(topic);
    else this.#grow(topic);
  }

  #create(): void {
    const topic: Topic = { name: `t${this.#topics.length}`, state: 'maybe', partitions: 0 };
    this.#topics.push(topic);
    const numPartitions = 1 + this.#random.below(3);
    const wanted = { name: topic.name, numPartitions, replicationFactor: 1, assignments: [], configs: [] };
    const request = { topics: [wanted], timeoutMs: 2_000, validateOnly: false };
    this.#ask(apiKey.CreateTopics, 7, request, (response) => {
      const code = (response as CreateTopicsResponse).topics[0]!.errorCode;
      if (code === 0 && topic.state === 'maybe') {
        topic.state = 'there';
        topic.partitions = numPartitions;
      }
      return code;
    });
  }

  #delete(topic: Topic): void {
    if (topic.state === 'gone') return;
    const before = topic.state;
    topic.state = 'maybe-gone';
    const request = { topics: [{ name: topic.name }], timeoutMs: 2_000 };
    this.#ask(apiKey.DeleteTopics, 6, request, (response) => {
      const code = (response as DeleteTopicsResponse).responses[0]!.errorCode;
      // One whose making was never answered may still be made.
      if (code === 0 && before === 'there') topic.state = 'gone';
      return code;
    });
  }

  #grow(topic: Topic): void {
    if (topic.state !== 'there') return;
    const count = topic.partitions + 1;
    const request = { topics: [{ name: topic.name, count, assignments: null }], timeoutMs: 2_000, validateOnly: false };
    this.#ask(apiKey.CreatePartitions, 3, request, (response) => {
      const code = (response as CreatePartitionsResponse).results[0]!.errorCode;
      if (code === 0) topic.partitions = Math.max(topic.partitions, count);
      return code;
    });
  }

  #ask(key: number, version: number, request: object, codeOf: (response: object) => number): void {
    const { coverage } = this.#cluster.world;
    const { leader, nodes } = this.#cluster;
    if (leader !== undefined && this.#random.oneIn(3)) this.#leaderId = leader.id;
    this.#client.ask(this.#leaderId, key, version, request, (response) => {
      const code = response === null ? null : codeOf(response);
      if (code === 0) {
        this.acknowledged++;
        coverage.count('change acknowledged');
        return;
      }
      if (code === null || code === errorCode.REQUEST_TIMED_OUT) coverage.count('change without an answer');
      else if (isNotController(code)) coverage.count('change refused by a node that does not lead');
      this.#leaderId = nodes[this.#random.below(nodes.length)]!.id;
    });
  }

  /** What was acknowledged is so in an image that has all of the log. */
  check(image: MetadataImage): void {
    for (const { name, state, partitions } of this.#topics) {
      const found = [...image.committed.topics.values()].find((topic) => topic.name === name);
      if (state === 'there' && found === undefined)
        throw new InvariantViolated(invariant, `${name} was made and is gone`);
      if (state === 'gone' && found !== undefined)
        throw new InvariantViolated(invariant, `${name} was deleted and is there`);
      const count = found === undefined ? 0 : (image.committed.partitions(found.id)?.count ?? 0);
      if (state === 'there' && count < partitions) {
        throw new InvariantViolated(invariant, `${name} had ${partitions} partitions and has ${count}`);
      }
    }
  }
}
