import type { MetadataImage } from '../../../engine/metadata/image/metadata-image.ts';
import { errorName } from '../../../engine/protocol/errors.ts';
import { BatchBuilder } from '../../../engine/protocol/records/batch-builder.ts';
import { batchBaseOffset, isIntactBatch } from '../../../engine/protocol/records/batch-view.ts';
import { RecordCursor } from '../../../engine/protocol/records/record-cursor.ts';
import { BatchWalk } from '../../../engine/protocol/records/split-batches.ts';
import { checksum } from '../../../native-bindings/checksum.ts';
import type { SeededRandom } from '../../support/seeded-random.ts';
import { InvariantViolated } from '../checkers/checker.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { DataClient, Fetched } from './data-client.ts';

export const dataTopic = 'data';
/** Its leaders may be elected out of replicas that are not in sync. */
export const uncleanTopic = 'unclean';
const invariant = 'acknowledged records stay';

interface PartitionModel {
  /** What was acknowledged, by offset. */
  readonly acknowledged: Map<number, string>;
  /** What a consumer was given, by offset. */
  readonly read: Map<number, string>;
  nextRead: number;
  isReading: boolean;
  leaderId: number;
  /** Of the last fetch; null: it was not answered. */
  lastError: number | null;
}

/** Produces numbered records with acks=all, reads as a consumer does, and knows what must be there for ever. */
export class Records {
  readonly #cluster: Cluster;
  readonly #client: DataClient;
  readonly #random: SeededRandom;
  readonly #partitions: PartitionModel[] = [];
  #next = 0;
  acknowledged = 0;

  constructor(cluster: Cluster, client: DataClient, random: SeededRandom, partitions: number) {
    this.#cluster = cluster;
    this.#client = client;
    this.#random = random;
    for (let index = 0; index < partitions; index++) {
      this.#partitions.push({
        acknowledged: new Map(),
        read: new Map(),
        nextRead: 0,
        isReading: false,
        leaderId: -1,
        lastError: 0,
      });
    }
  }

  /** A batch to one partition, if that is wanted; and each partition is read on. */
  act(mayProduce: boolean): void {
    const index = this.#random.below(this.#partitions.length);
    if (mayProduce) this.#produce(index, this.#partitions[index]!);
    for (const [each, model] of this.#partitions.entries()) if (!model.isReading) this.#read(each, model);
  }

  #produce(index: number, model: PartitionModel): void {
    const values = Array.from({ length: 1 + this.#random.below(3) }, () => `v${this.#next++}`);
    const builder = new BatchBuilder({});
    for (const value of values) builder.append(1_700_000_000_000, null, new TextEncoder().encode(value));
    const { coverage } = this.#cluster.world;
    this.#client.produce(this.#leaderOf(index, model), dataTopic, index, builder.build(checksum), (produced) => {
      if (produced === null) coverage.count('produce without an answer');
      else if (produced.errorCode !== 0) coverage.count(`produce refused: ${errorName(produced.errorCode)}`);
      else {
        this.acknowledged++;
        coverage.count('produce acknowledged');
        for (const [at, value] of values.entries()) this.#acknowledge(index, model, produced.baseOffset + at, value);
        return;
      }
      model.leaderId = -1;
    });
  }

  #acknowledge(index: number, model: PartitionModel, offset: number, value: string): void {
    const other = model.acknowledged.get(offset) ?? model.read.get(offset);
    if (other !== undefined && other !== value) {
      throw new InvariantViolated(invariant, `${index} acknowledges ${value} at ${offset}, where ${other} was`);
    }
    model.acknowledged.set(offset, value);
  }

  /** As a client asks for metadata: of some node, which may be behind. */
  #leaderOf(index: number, model: PartitionModel): number {
    if (model.leaderId >= 0) return model.leaderId;
    const { nodes } = this.#cluster;
    const image = nodes[this.#random.below(nodes.length)]!.quorum?.image;
    const topic = image === undefined ? undefined : topicOf(image);
    const state = topic === undefined ? undefined : image?.committed.partitions(topic)?.get(index);
    if (state === undefined || state.leader < 0) return nodes[this.#random.below(nodes.length)]!.id;
    model.leaderId = state.leader;
    return state.leader;
  }

  #read(index: number, model: PartitionModel): void {
    model.isReading = true;
    const { nextRead } = model;
    this.#client.fetch(this.#leaderOf(index, model), dataTopic, index, nextRead, (fetched) => {
      model.isReading = false;
      // Told meanwhile to read from the start.
      if (model.nextRead !== nextRead) return;
      model.lastError = fetched?.errorCode ?? null;
      if (fetched === null || fetched.errorCode !== 0) model.leaderId = -1;
      else this.#take(index, model, fetched);
    });
  }

  #take(index: number, model: PartitionModel, { records }: Fetched): void {
    for (const [offset, value] of recordsIn(records)) {
      if (offset < model.nextRead) continue;
      const known = model.read.get(offset) ?? model.acknowledged.get(offset);
      if (known !== undefined && known !== value) {
        throw new InvariantViolated(invariant, `${index} gives ${value} at ${offset}, where ${known} was`);
      }
      model.read.set(offset, value);
      model.nextRead = offset + 1;
    }
  }

  /** Reads everything once more, from the start. */
  rereadAll(): void {
    for (const model of this.#partitions) model.nextRead = 0;
    for (const model of this.#partitions) model.read.clear();
  }

  /** Each partition's end, as far as records were acknowledged. */
  get ends(): number[] {
    return this.#partitions.map(({ acknowledged }) => Math.max(0, ...[...acknowledged.keys()].map((at) => at + 1)));
  }

  get isRead(): boolean {
    return this.#partitions.every(({ acknowledged, nextRead }) =>
      [...acknowledged.keys()].every((at) => at < nextRead),
    );
  }

  whatIsMissing(): string {
    const states = this.#partitions.map(
      ({ acknowledged, nextRead, leaderId, lastError }, index) =>
        `${index}: read up to ${nextRead} of ${acknowledged.size}, node ${leaderId}, last error ${lastError}`,
    );
    return states.join('; ');
  }

  /** After all was read again: every acknowledged record was there, none twice. */
  check(): void {
    for (const [index, { acknowledged, read }] of this.#partitions.entries()) {
      for (const [offset, value] of acknowledged) {
        if (read.get(offset) === value) continue;
        throw new InvariantViolated(
          invariant,
          `${value} at ${offset} of ${index} is lost: ${read.get(offset)} is there`,
        );
      }
      const places = new Map<string, number>();
      for (const [offset, value] of read) {
        const before = places.get(value);
        if (before !== undefined) {
          throw new InvariantViolated('no record comes twice', `${value} is at ${before} and ${offset} of ${index}`);
        }
        places.set(value, offset);
      }
    }
  }
}

export function topicOf(image: MetadataImage, wanted = dataTopic): string | undefined {
  return [...image.committed.topics.values()].find(({ name }) => name === wanted)?.id;
}

function* recordsIn(bytes: Uint8Array): Generator<[number, string]> {
  const walk = new BatchWalk(bytes);
  const cursor = new RecordCursor();
  while (walk.next()) {
    // As a client would: it asks again.
    if (!isIntactBatch(bytes, walk.at, bytes.length, checksum)) return;
    const baseOffset = batchBaseOffset(bytes, walk.at);
    cursor.openBatch(bytes, walk.at);
    while (cursor.next()) {
      const value = new TextDecoder().decode(bytes.subarray(cursor.valueAt, cursor.valueAt + cursor.valueLength));
      yield [baseOffset + cursor.offsetDelta, value];
    }
  }
}
