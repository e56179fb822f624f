/** A consumer that reads all partitions of a topic from the beginning, and goes on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { apiKey } from '#engine/protocol/api-table.ts';
import { errorCode, errorName } from '#engine/protocol/errors.ts';
import type { FetchResponse } from '#engine/protocol/generated/fetch-response.js';
import { type ClusterClient, NoAnswer } from '../../bench/cluster/cluster-client.ts';
import { fetchMessage, recordsIn, versions } from '../support/client-calls.ts';
import type { SeenRecord } from './history.ts';
import type { Recorder } from './recorder.ts';

const fetchTimeoutMs = 3000;
const maxWaitMs = 50;
const retryMs = 50;

const retried: ReadonlySet<number> = new Set([
  errorCode.NOT_LEADER_OR_FOLLOWER,
  errorCode.UNKNOWN_TOPIC_OR_PARTITION,
  errorCode.LEADER_NOT_AVAILABLE,
  errorCode.FENCED_LEADER_EPOCH,
  errorCode.UNKNOWN_LEADER_EPOCH,
  errorCode.OFFSET_NOT_AVAILABLE,
  errorCode.KAFKA_STORAGE_ERROR,
  errorCode.REPLICA_NOT_AVAILABLE,
]);

export class ChaosConsumer {
  readonly #name: string;
  readonly #topic: string;
  readonly #partitions: number;
  readonly #client: ClusterClient;
  readonly #recorder: Recorder;
  #session = 0;

  constructor(name: string, topic: string, partitions: number, client: ClusterClient, recorder: Recorder) {
    this.#name = name;
    this.#topic = topic;
    this.#partitions = partitions;
    this.#client = client;
    this.#recorder = recorder;
  }

  /** Follows all partitions until the recorder says that it is over. Every `polls` it begins anew. */
  async run(polls: number): Promise<void> {
    let positions = new Map<number, number>();
    for (let poll = 0; !this.#recorder.isOver; poll++) {
      if (poll % polls === 0) {
        this.#session += 1;
        positions = new Map();
      }
      for (let partition = 0; partition < this.#partitions; partition++) {
        const position = positions.get(partition) ?? 0;
        const read = await this.#poll(partition, position);
        if (read === null) await sleep(retryMs);
        else if (read.records.length > 0) positions.set(partition, read.records.at(-1)!.offset + 1);
      }
    }
    this.#client.close();
  }

  /** All that there is of a partition now. Rejects when that takes longer than `timeoutMs`. */
  async readAll(partition: number, timeoutMs: number): Promise<SeenRecord[]> {
    const giveUpAtMs = performance.now() + timeoutMs;
    const all: SeenRecord[] = [];
    this.#session += 1;
    for (;;) {
      const position = all.length === 0 ? 0 : all.at(-1)!.offset + 1;
      const read = await this.#poll(partition, position);
      if (read !== null) all.push(...read.records);
      if (read !== null && read.records.length === 0 && position >= read.highWatermark) return all;
      if (performance.now() > giveUpAtMs) throw new Error(`partition ${partition} was read to ${position} only`);
      if (read === null) await sleep(retryMs);
    }
  }

  async #poll(
    partition: number,
    position: number,
  ): Promise<{ readonly records: SeenRecord[]; readonly highWatermark: number } | null> {
    let answer: FetchResponse;
    try {
      const leader = await this.#client.leaderOf(this.#topic, partition);
      if (leader === null) return null;
      const message = fetchMessage(this.#topic, new Map([[partition, position]]), { maxWaitMs });
      answer = await this.#client.call(leader, apiKey.Fetch, versions.fetch, message, fetchTimeoutMs);
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      this.#client.forgetLeader(this.#topic, partition);
      return null;
    }
    const found = answer.responses[0]?.partitions[0];
    if (found === undefined || found.errorCode !== 0) {
      const code = found?.errorCode ?? answer.errorCode;
      this.#client.forgetLeader(this.#topic, partition);
      if (!retried.has(code)) this.#surprise(partition, position, errorName(code) ?? `error ${code}`);
      return null;
    }
    const seen = recordsIn(found.records ?? new Uint8Array(0))
      .filter(({ offset }) => offset >= position)
      .map(({ offset, value }) => ({ offset, value: value.toString() }));
    const atMs = this.#recorder.nowMs();
    this.#recorder.polls.push({ consumer: this.#name, session: this.#session, partition, atMs, records: seen });
    return { records: seen, highWatermark: Number(found.highWatermark) };
  }

  /** Among them an offset out of range: what was read once is there for good. */
  #surprise(partition: number, position: number, error: string): void {
    const what = `${this.#name}: ${error} at offset ${position} of partition ${partition}`;
    this.#recorder.find('consumer-surprise', what);
  }
}
