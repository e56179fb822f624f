/** Producers and consumers of one topic, on a cluster of whichever programs; in the end all that they saw is checked. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterClient } from '../../bench/cluster/cluster-client.ts';
import { checkHistory } from './checkers/all.ts';
import { ChaosConsumer } from './consumer.ts';
import type { Finding, ReplicaLog, SeenRecord } from './history.ts';
import { ChaosProducer } from './producer.ts';
import { Recorder } from './recorder.ts';

export interface LoadOptions {
  /** Client ports, by node id. */
  readonly ports: ReadonlyMap<number, number>;
  readonly topic: string;
  readonly partitions: number;
  /** Of the producers; all unless given. */
  readonly acks?: number;
  readonly paceMs?: number;
}

const producersPerPartition = 2;
const defaultPaceMs = 10;
/** What has no outcome when the producers are to end is tried again for so long. */
const settleTimeoutMs = 60_000;

export class Load {
  readonly recorder = new Recorder();
  readonly #options: LoadOptions;
  readonly #producers: readonly ChaosProducer[];
  #producing: Promise<void>[] = [];
  #consuming: Promise<void>[] = [];

  constructor(options: LoadOptions) {
    const { topic, partitions, paceMs = defaultPaceMs, acks = -1 } = options;
    this.#options = options;
    this.#producers = Array.from({ length: partitions * producersPerPartition }, (_, id) => {
      const client = new ClusterClient(options.ports);
      return new ChaosProducer(id, topic, id % partitions, client, this.recorder, paceMs, acks);
    });
  }

  begin(): void {
    this.#producing = this.#producers.map((producer) => producer.run());
    this.#consuming = ['one', 'two'].map((name, index) => this.#consumer(name).run(500 + 500 * index));
  }

  /** Resolves when every producer got more in than at the call; to those that did not within the time. */
  async progressed(timeoutMs: number, meanwhile: () => void = () => {}): Promise<readonly number[]> {
    const giveUpAtMs = performance.now() + timeoutMs;
    const before = this.#producers.map(({ acknowledged }) => acknowledged);
    const stuck = () => this.#producers.filter(({ acknowledged }, index) => acknowledged <= before[index] + 1);
    while (stuck().length > 0 && performance.now() < giveUpAtMs) {
      meanwhile();
      await sleep(20);
    }
    return stuck().map(({ id }) => id);
  }

  /** Producers end when what they began has an outcome, and then the consumers do. */
  async end(): Promise<void> {
    this.recorder.isStopping = true;
    const late = setTimeout(() => {
      this.recorder.isOver = true;
    }, settleTimeoutMs);
    await Promise.all(this.#producing);
    clearTimeout(late);
    this.recorder.isOver = true;
    await Promise.all(this.#consuming);
  }

  /** Whatever has no outcome yet is left without; for a test that failed. */
  abandon(): void {
    this.recorder.isStopping = true;
    this.recorder.isOver = true;
  }

  /** All that there is of each partition when the load has ended. */
  async readAll(timeoutMs: number): Promise<ReadonlyMap<number, readonly SeenRecord[]>> {
    const read = new Map<number, readonly SeenRecord[]>();
    const reader = this.#consumer('the last');
    for (let partition = 0; partition < this.#options.partitions; partition++) {
      read.set(partition, await reader.readAll(partition, timeoutMs));
    }
    return read;
  }

  /** What is wrong with what was seen. */
  findings(finalReads: ReadonlyMap<number, readonly SeenRecord[]>, replicas: readonly ReplicaLog[]): Finding[] {
    const { sends, polls, findings } = this.recorder;
    return [...findings, ...checkHistory({ sends, polls, finalReads, replicas })];
  }

  #consumer(name: string): ChaosConsumer {
    const { topic, partitions, ports } = this.#options;
    return new ChaosConsumer(name, topic, partitions, new ClusterClient(ports), this.recorder);
  }
}
