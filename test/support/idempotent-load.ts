/** Idempotent producers that send until they are told to stop, and send again whatever was not acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, errorName } from '#engine/protocol/errors.ts';
import { batchOf, fetch, newProducerId, produce } from './client-calls.ts';
import { PipelinedClient } from './pipelined-client.ts';
import { ClosedByBroker } from './wire-client.ts';

/** Answers after which an idempotent producer sends the same batch again. */
const retriable: ReadonlySet<number> = new Set([
  errorCode.REQUEST_TIMED_OUT,
  errorCode.NOT_LEADER_OR_FOLLOWER,
  errorCode.UNKNOWN_TOPIC_OR_PARTITION,
]);

interface TestLife {
  after(run: () => void): void;
}

export class IdempotentLoad {
  /** Values acknowledged, by partition. */
  readonly acknowledged: string[][];
  retries = 0;
  private readonly port: number;
  private readonly topic: string;
  private isStopping = false;
  private isGivenUp = false;
  private running: Promise<unknown> = Promise.resolve();

  /** It does not outlive the test, also where that fails. */
  constructor(t: TestLife, port: number, topic: string, partitions: number) {
    t.after(() => {
      this.isStopping = true;
      this.isGivenUp = true;
    });
    this.port = port;
    this.topic = topic;
    this.acknowledged = Array.from({ length: partitions }, () => []);
  }

  start(producers: number): void {
    const partitions = this.acknowledged.keys();
    const all = [...partitions].flatMap((partition) =>
      Array.from({ length: producers }, (_, producer) => this.run(partition, producer)),
    );
    this.running = Promise.all(all);
  }

  /** Everything that was begun is acknowledged when this resolves. */
  stop(): Promise<unknown> {
    this.isStopping = true;
    return this.running;
  }

  get count(): number {
    return this.acknowledged.reduce((sum, values) => sum + values.length, 0);
  }

  private async run(partition: number, producer: number): Promise<void> {
    const { producerId, producerEpoch } = await newProducerId(this.port);
    let client: PipelinedClient | undefined;
    let sequence = 0;
    while (!this.isStopping) {
      const values = Array.from(
        { length: 1 + (sequence % 3) },
        (_, index) => `${partition}/${producer}/${sequence + index}`,
      );
      const records = batchOf(
        values.map((value) => Buffer.from(value)),
        { producerId, producerEpoch, baseSequence: sequence },
      );
      while (!this.isGivenUp) {
        try {
          client ??= await PipelinedClient.connect(this.port);
          const response = await produce(client, [{ topic: this.topic, partition, records }]);
          const code = response.responses[0]!.partitionResponses[0]!.errorCode;
          if (code === 0) break;
          if (!retriable.has(code))
            throw new Error(`${this.topic}-${partition}: ${errorName(code)} at sequence ${sequence}`);
        } catch (error) {
          if (!isLostConnection(error)) throw error;
          client = undefined;
        }
        this.retries += 1;
        await sleep(5);
      }
      this.acknowledged[partition]!.push(...values);
      sequence += values.length;
      await sleep(1);
    }
    client?.close();
  }
}

/** Watches the high watermarks of a topic: the partitions of which one went back. */
export class WatermarkWatch {
  readonly wentBack: string[] = [];
  looks = 0;
  private isStopping = false;
  private readonly running: Promise<void>;

  constructor(t: TestLife, port: number, topic: string, partitions: number) {
    t.after(() => {
      this.isStopping = true;
    });
    this.running = this.run(port, topic, partitions);
  }

  stop(): Promise<void> {
    this.isStopping = true;
    return this.running;
  }

  private async run(port: number, topic: string, partitions: number): Promise<void> {
    const highest = new Array<bigint>(partitions).fill(0n);
    const offsets = new Map(highest.map((_, partition) => [partition, 0]));
    let client: PipelinedClient | undefined;
    while (!this.isStopping) {
      try {
        client ??= await PipelinedClient.connect(port);
        const response = await fetch(client, topic, offsets, { maxWaitMs: 0, maxBytes: 1, partitionMaxBytes: 1 });
        for (const { partitionIndex, errorCode: code, highWatermark } of response.responses[0]!.partitions) {
          if (code !== 0) continue;
          this.looks += 1;
          if (highWatermark < highest[partitionIndex]!) this.wentBack.push(`${topic}-${partitionIndex}`);
          highest[partitionIndex] = highWatermark;
        }
      } catch (error) {
        if (!isLostConnection(error)) throw error;
        client = undefined;
      }
      await sleep(3);
    }
    client?.close();
  }
}

function isLostConnection(error: unknown): boolean {
  return error instanceof ClosedByBroker || (error as NodeJS.ErrnoException).code !== undefined;
}
