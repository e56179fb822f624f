/** Producers that remember what was acknowledged, for tests that end the node under them. */
import { apiKey } from '#engine/protocol/api-table.ts';
import { errorCode as errorCodes } from '#engine/protocol/errors.ts';
import type { InitProducerIdResponse } from '#engine/protocol/generated/init-producer-id-response.js';
import type { ProduceResponse } from '#engine/protocol/generated/produce-response.js';
import { BatchBuilder } from '#engine/protocol/records/batch-builder.ts';
import { checksum } from '../../native-bindings/checksum.ts';
import { ClosedByBroker, WireClient } from './wire-client.ts';

const produceVersion = 9;
const initProducerIdVersion = 4;
const recordsPerBatch = 3;
const defaultRecordBytes = 200;

/** The node gave the partition up, as one does that shuts down: what was sent is to be sent again, later. */
class LeaderGone extends Error {}

interface Batch {
  readonly sequence: number;
  readonly values: readonly string[];
}

export interface Acknowledged {
  readonly offset: number;
  readonly value: string;
}

export interface LoadProducerOptions {
  readonly name: string;
  readonly topic: string;
  readonly partition: number;
  /** Idempotent: what was in flight when the connection broke is sent again as it was. Else it is given up. */
  readonly idempotent: boolean;
  /** At most 5 for an idempotent one. */
  readonly inFlight: number;
  readonly recordBytes?: number;
}

/** Produces batches of numbered values to one partition with acks=all, over one connection, until it breaks. */
export class LoadProducer {
  readonly options: LoadProducerOptions;
  readonly acknowledged: Acknowledged[] = [];
  /** Values whose fate is unknown: their connection broke, and they were not sent again. */
  readonly unknown: string[] = [];
  #unanswered: Batch[] = [];
  #nextNumber = 0;
  #nextSequence = 0;
  #producerId = -1n;
  #producerEpoch = -1;
  #isEnding = false;

  constructor(options: LoadProducerOptions) {
    this.options = options;
  }

  /** Runs until the connection breaks, the node gives the partition up, or `end` is called; then resolves. Any error of the broker's rejects. */
  async run(port: number, onAcknowledged: () => void): Promise<void> {
    const client = await WireClient.connect(port);
    try {
      if (this.options.idempotent && this.#producerId === -1n) await this.#initialise(client);
      const again = this.#unanswered;
      this.#unanswered = [];
      const inFlight = new Set<Promise<void>>();
      while (again.length > 0 || !this.#isEnding) {
        const request = this.#send(client, again.shift() ?? this.#nextBatch()).then(onAcknowledged);
        inFlight.add(request);
        // Awaited below; until then its failure is nobody's.
        request.then(
          () => inFlight.delete(request),
          () => {},
        );
        if (inFlight.size >= this.options.inFlight) await Promise.race(inFlight);
      }
      await Promise.all(inFlight);
    } catch (error) {
      if (!(error instanceof ClosedByBroker || error instanceof LeaderGone)) throw error;
      if (!this.options.idempotent) {
        this.unknown.push(...this.#unanswered.flatMap(({ values }) => values));
        this.#unanswered = [];
      }
    } finally {
      client.close();
    }
  }

  /** Sends again what is unanswered if it is idempotent, and nothing new; `run` goes on from there. */
  async settle(port: number): Promise<void> {
    this.#isEnding = true;
    await this.run(port, () => {});
    this.#isEnding = false;
  }

  /** What is unanswered is sent again if it is idempotent; nothing new is begun. */
  end(): void {
    this.#isEnding = true;
  }

  async #initialise(client: WireClient): Promise<void> {
    const request = { transactionalId: null, transactionTimeoutMs: 0, producerId: -1n, producerEpoch: -1 };
    const answer = (await client.call(apiKey.InitProducerId, initProducerIdVersion, request)) as InitProducerIdResponse;
    if (answer.errorCode !== 0) throw new Error(`${this.options.name}: InitProducerId: error ${answer.errorCode}`);
    this.#producerId = answer.producerId;
    this.#producerEpoch = answer.producerEpoch;
  }

  #nextBatch(): Batch {
    const values = Array.from({ length: recordsPerBatch }, () => `${this.options.name} ${this.#nextNumber++}`);
    const batch = { sequence: this.#nextSequence, values };
    this.#nextSequence += values.length;
    return batch;
  }

  async #send(client: WireClient, batch: Batch): Promise<void> {
    const { name, topic, partition, idempotent, recordBytes = defaultRecordBytes } = this.options;
    this.#unanswered.push(batch);
    const identity = { producerId: this.#producerId, producerEpoch: this.#producerEpoch, baseSequence: batch.sequence };
    const builder = new BatchBuilder(idempotent ? identity : {});
    const nowMs = Date.now();
    for (const value of batch.values) builder.append(nowMs, null, Buffer.from(value.padEnd(recordBytes)));
    const records = builder.build(checksum);
    const response = (await client.call(apiKey.Produce, produceVersion, {
      acks: -1,
      timeoutMs: 30_000,
      topicData: [{ name: topic, partitionData: [{ index: partition, records }] }],
    })) as ProduceResponse;
    const { errorCode, baseOffset } = response.responses[0].partitionResponses[0];
    if (errorCode === errorCodes.NOT_LEADER_OR_FOLLOWER) throw new LeaderGone();
    if (errorCode !== 0) throw new Error(`${name}: batch of sequence ${batch.sequence}: error ${errorCode}`);
    this.#unanswered.splice(this.#unanswered.indexOf(batch), 1);
    batch.values.forEach((value, index) => {
      this.acknowledged.push({ offset: Number(baseOffset) + index, value });
    });
  }
}
