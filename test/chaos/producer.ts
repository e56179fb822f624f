/** An idempotent producer of one partition: a batch is tried until its outcome is known. */
import { setTimeout as sleep } from 'node:timers/promises';
import { apiKey } from '#engine/protocol/api-table.ts';
import { errorCode, errorName } from '#engine/protocol/errors.ts';
import type { InitProducerIdResponse } from '#engine/protocol/generated/init-producer-id-response.js';
import type { ProduceResponse } from '#engine/protocol/generated/produce-response.js';
import { type ClusterClient, NoAnswer } from '../../bench/cluster/cluster-client.ts';
import { batchOf, produceMessage, versions } from '../support/client-calls.ts';
import type { SendOutcome } from './history.ts';
import type { Recorder } from './recorder.ts';

const requestTimeoutMs = 4000;
const retryMs = 50;
const mostValues = 3;

/** The batch was not written, and may be sent again. */
const notWritten: ReadonlySet<number> = new Set([
  errorCode.NOT_LEADER_OR_FOLLOWER,
  errorCode.UNKNOWN_TOPIC_OR_PARTITION,
  errorCode.NOT_ENOUGH_REPLICAS,
  errorCode.LEADER_NOT_AVAILABLE,
  errorCode.FENCED_LEADER_EPOCH,
  errorCode.KAFKA_STORAGE_ERROR,
]);
/** It may have been, and may be sent again. */
const perhapsWritten: ReadonlySet<number> = new Set([
  errorCode.REQUEST_TIMED_OUT,
  errorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
]);

interface Identity {
  readonly producerId: bigint;
  readonly producerEpoch: number;
}

export class ChaosProducer {
  readonly id: number;
  acknowledged = 0;
  readonly #topic: string;
  readonly #partition: number;
  readonly #client: ClusterClient;
  readonly #recorder: Recorder;
  readonly #paceMs: number;
  readonly #acks: number;
  #identity: Identity | null = null;
  #sequence = 0;
  #nextValue = 0;

  constructor(
    id: number,
    topic: string,
    partition: number,
    client: ClusterClient,
    recorder: Recorder,
    paceMs: number,
    acks: number,
  ) {
    this.id = id;
    this.#topic = topic;
    this.#partition = partition;
    this.#client = client;
    this.#recorder = recorder;
    this.#paceMs = paceMs;
    this.#acks = acks;
  }

  async run(): Promise<void> {
    while (!this.#recorder.isStopping) {
      const count = 1 + (this.#nextValue % mostValues);
      const values = Array.from({ length: count }, () => `${this.#partition}:${this.id}:${this.#nextValue++}`);
      const startMs = this.#recorder.nowMs();
      const outcome = await this.#send(values);
      const endMs = this.#recorder.nowMs();
      this.#recorder.sends.push({
        producer: this.id,
        partition: this.#partition,
        values,
        startMs,
        endMs,
        outcome,
      });
      if (outcome.kind === 'acknowledged') this.acknowledged += 1;
      await sleep(this.#paceMs);
    }
    this.#client.close();
  }

  async #send(values: readonly string[]): Promise<SendOutcome> {
    let isPerhapsWritten = false;
    let last = 'never sent';
    while (!this.#recorder.isOver) {
      let isSent = false;
      try {
        const identity = (this.#identity ??= await this.#newIdentity());
        const leader = await this.#client.leaderOf(this.#topic, this.#partition);
        if (leader === null) {
          last = 'no leader';
        } else {
          isSent = true;
          const { code, offset } = await this.#produce(leader, identity, values);
          last = `${errorName(code)} from node ${leader}`;
          if (code === 0 || code === errorCode.DUPLICATE_SEQUENCE_NUMBER) {
            this.#sequence += values.length;
            return { kind: 'acknowledged', offset: code === 0 ? offset : -1 };
          }
          if (perhapsWritten.has(code)) isPerhapsWritten = true;
          else if (!notWritten.has(code)) return this.#surprise(last, values);
        }
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        last = error.message;
        if (isSent) isPerhapsWritten = true;
      }
      this.#client.forgetLeader(this.#topic, this.#partition);
      await sleep(retryMs);
    }
    return { kind: isPerhapsWritten ? 'unknown' : 'refused', error: last };
  }

  /** What no idempotent producer is told while nothing is lost. It goes on under a new id. */
  #surprise(error: string, values: readonly string[]): SendOutcome {
    this.#recorder.find(
      'producer-surprise',
      `producer ${this.id}: ${error} for ${values[0]}, sequence ${this.#sequence}`,
    );
    this.#identity = null;
    this.#sequence = 0;
    return { kind: 'unknown', error };
  }

  async #produce(
    leader: number,
    identity: Identity,
    values: readonly string[],
  ): Promise<{ readonly code: number; readonly offset: number }> {
    const records = batchOf(
      values.map((value) => Buffer.from(value)),
      { ...identity, baseSequence: this.#sequence },
    );
    const message = produceMessage([{ topic: this.#topic, partition: this.#partition, records }], this.#acks);
    const timeoutMs = requestTimeoutMs;
    const answer = await this.#client.call<ProduceResponse>(
      leader,
      apiKey.Produce,
      versions.produce,
      { ...message, timeoutMs },
      timeoutMs + 1000,
    );
    const found = answer.responses[0].partitionResponses[0];
    return { code: found.errorCode, offset: Number(found.baseOffset) };
  }

  async #newIdentity(): Promise<Identity> {
    const message = { transactionalId: null, transactionTimeoutMs: 60_000, producerId: -1n, producerEpoch: -1 };
    const leader = (await this.#client.leaderOf(this.#topic, this.#partition)) ?? 0;
    if (leader === 0) throw new NoAnswer('no leader');
    const answer = await this.#client.call<InitProducerIdResponse>(
      leader,
      apiKey.InitProducerId,
      versions.initProducerId,
      message,
      requestTimeoutMs,
    );
    if (answer.errorCode !== 0) throw new NoAnswer(`InitProducerId: ${errorName(answer.errorCode)}`);
    return { producerId: answer.producerId, producerEpoch: answer.producerEpoch };
  }
}
