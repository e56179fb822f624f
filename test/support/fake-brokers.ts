import assert from 'node:assert/strict';
import { loadCall } from '../../engine/controller/api-calls.ts';
import { rulesOfDefinitions } from '../../engine/controller/config-definitions.ts';
import { Controller } from '../../engine/controller/controller.ts';
import type { ControllerSettings } from '../../engine/controller/decision.ts';
import { parseBrokerConfig } from '../../engine/metadata/config/broker-config.ts';
import { MetadataImage } from '../../engine/metadata/image/metadata-image.ts';
import type { PartitionState } from '../../engine/metadata/image/partition-state.ts';
import { apiRow } from '../../engine/protocol/api-table.ts';
import { Reader } from '../../engine/protocol/reader.ts';
import type { MessageCodec } from '../../engine/protocol/types.ts';
import { Writer } from '../../engine/protocol/writer.ts';
import { assignedTopic, bootstrapLevels, serverProperties, settings, supportedFeatures } from './controller-fixture.ts';
import { MemoryLogger } from './memory-logger.ts';
import { MemoryMetadataLog } from './memory-metadata-log.ts';
import { SeededRandom } from './seeded-random.ts';
import { SteppedClock } from './stepped-clock.ts';

const codecs = new Map<number, { readonly request: MessageCodec; readonly response: MessageCodec }>();
for (const key of [19, 37, 43, 44, 45, 46, 56, 57, 62, 63, 64, 67, 70, 73]) {
  const row = apiRow(key);
  assert.ok(row);
  codecs.set(key, { request: await row.loadRequest(), response: await row.loadResponse() });
  await loadCall(key);
}

const from = { principal: 'User:ANONYMOUS', clientId: 'test', listener: 'CONTROLLER' };

/** A uuid that tells what it is of. */
export function uuid(kind: string, ...numbers: readonly number[]): string {
  return `${kind}-${numbers.join('-')}-`.padEnd(21, 'x').concat('A');
}

export interface FakeBroker {
  readonly id: number;
  readonly incarnation: number;
  readonly epoch: bigint;
}

/** A controller on a log in memory, and brokers that exist as their requests only. Node 1 is nobody's broker. */
export class FakeBrokers {
  readonly log = new MemoryMetadataLog();
  readonly clock = new SteppedClock();
  readonly image = new MetadataImage();
  readonly controller: Controller;
  readonly brokers = new Map<number, FakeBroker>();
  /** Brokers whose ports refuse connections. */
  readonly refusing = new Set<number>();
  readonly #connections = new Map<number, object>();

  constructor(overrides: Partial<ControllerSettings> = {}) {
    const { log, image, clock } = this;
    this.controller = new Controller({
      log,
      image,
      settings: { ...settings, ...overrides },
      configs: rulesOfDefinitions(parseBrokerConfig(serverProperties)),
      bootstrap: bootstrapLevels,
      clock,
      random: new SeededRandom(3),
      logger: new MemoryLogger(),
      sessionTimeoutMs: 9000,
      maxIdleIntervalMs: 0,
      isListening: ({ id }, answered) => answered(!this.refusing.has(id)),
      committed: (changes) => this.controller.published(changes.imageOffset),
    });
    log.follower = this.controller;
    log.lead();
  }

  /** The answer; null where the controller has not given one. */
  send<R>(key: number, version: number, message: object): R {
    const codec = codecs.get(key);
    assert.ok(codec);
    const writer = new Writer();
    codec.request.encode(writer, message, version);
    let answer: unknown = null;
    const connection = 'brokerId' in message ? this.#connectionOf(Number(message.brokerId)) : {};
    this.controller.handle(key, version, writer.toBytes(), { ...from, connection }, (body) => {
      assert.ok(body !== null && answer === null);
      answer = codec.response.decode(new Reader(body), version);
    });
    return answer as R;
  }

  /** The broker's connection to the controller drops. `died`: and its ports are closed. */
  drop(id: number, died: boolean): void {
    if (died) this.refusing.add(id);
    const connection = this.#connectionOf(id);
    this.#connections.delete(id);
    this.controller.connectionLost(connection);
  }

  #connectionOf(id: number): object {
    let connection = this.#connections.get(id);
    if (connection === undefined) {
      connection = {};
      this.#connections.set(id, connection);
    }
    return connection;
  }

  /** Answers the error code. `isClean`: the predecessor was stopped in order. */
  register(id: number, incarnation = 0, isClean = false, directories = 1): number {
    const answer = this.send<{ errorCode: number; brokerEpoch: bigint }>(62, 4, {
      brokerId: id,
      clusterId: settings.clusterId,
      incarnationId: uuid('process', id, incarnation),
      listeners: [{ name: 'PLAINTEXT', host: '127.0.0.1', port: 9000 + id, securityProtocol: 0 }],
      features: supportedFeatures,
      rack: null,
      isMigratingZkBroker: false,
      logDirs: Array.from({ length: directories }, (_, i) => uuid('directory', id, i)),
      previousBrokerEpoch: isClean ? (this.brokers.get(id)?.epoch ?? -1n) : -1n,
    });
    if (answer.errorCode === 0) this.brokers.set(id, { id, incarnation, epoch: answer.brokerEpoch });
    return answer.errorCode;
  }

  heartbeat(
    id: number,
    wants: { fence?: boolean; shutDown?: boolean; offset?: number; offline?: readonly string[] } = {},
  ): { errorCode: number; isFenced: boolean; isCaughtUp: boolean; shouldShutDown: boolean } {
    return this.send(63, 2, {
      brokerId: id,
      brokerEpoch: this.brokers.get(id)?.epoch ?? -1n,
      currentMetadataOffset: BigInt(wants.offset ?? this.log.endOffset()),
      wantFence: wants.fence ?? false,
      wantShutDown: wants.shutDown ?? false,
      offlineLogDirs: wants.offline ?? [],
      cordonedLogDirs: [],
    });
  }

  start(...ids: readonly number[]): void {
    for (const id of ids) {
      assert.equal(this.register(id), 0);
      assert.equal(this.heartbeat(id).isFenced, false);
    }
  }

  createTopic(
    name: string,
    assignments: readonly (readonly number[])[],
    configs: Readonly<Record<string, string>> = {},
  ): number {
    const topic = assignedTopic(name, assignments, configs);
    const request = { topics: [topic], timeoutMs: 1000, validateOnly: false };
    return this.send<{ topics: { errorCode: number }[] }>(19, 7, request).topics[0].errorCode;
  }

  partition(topic: string, index = 0): PartitionState {
    const id = this.image.written.topicByName(topic)?.id;
    const partition = id === undefined ? undefined : this.image.written.partition(id, index);
    assert.ok(partition, `${topic}-${index} is not there`);
    return partition;
  }

  /** Leader, ISR, ELR, last known leader, as text. */
  line(topic: string, index = 0): string {
    const { leader, isr, elr, lastKnownElr, leaderRecoveryState } = this.partition(topic, index);
    const recovering = leaderRecoveryState === 0 ? '' : ' recovering';
    return `${leader} isr ${isr} elr ${elr} last ${lastKnownElr}${recovering}`;
  }

  /** The leader asks for an ISR, with the epochs as they are. Answers the partition's error code. */
  alterIsr(topic: string, index: number, isr: readonly number[]): number {
    const partition = this.partition(topic, index);
    const topicId = this.image.written.topicByName(topic)?.id;
    const wanted = {
      partitionIndex: index,
      leaderEpoch: partition.leaderEpoch,
      newIsrWithEpochs: isr.map((brokerId) => ({ brokerId, brokerEpoch: this.brokers.get(brokerId)?.epoch ?? -1n })),
      leaderRecoveryState: 0,
      partitionEpoch: partition.partitionEpoch,
    };
    const answer = this.send<{ errorCode: number; topics: { partitions: { errorCode: number }[] }[] }>(56, 3, {
      brokerId: partition.leader,
      brokerEpoch: this.brokers.get(partition.leader)?.epoch ?? -1n,
      topics: [{ topicId, partitions: [wanted] }],
    });
    return answer.errorCode === 0 ? answer.topics[0].partitions[0].errorCode : answer.errorCode;
  }

  reassign(name: string, partitionIndex: number, replicas: readonly number[] | null): number {
    const topics = [{ name, partitions: [{ partitionIndex, replicas }] }];
    const answer = this.send<{ responses: { partitions: { errorCode: number }[] }[] }>(45, 0, {
      timeoutMs: 1000,
      topics,
    });
    return answer.responses[0].partitions[0].errorCode;
  }

  setConfig(resourceType: number, resourceName: string, name: string, value: string): number {
    const configs = [{ name, configOperation: 0, value }];
    const request = { resources: [{ resourceType, resourceName, configs }], validateOnly: false };
    return this.send<{ responses: { errorCode: number }[] }>(44, 1, request).responses[0].errorCode;
  }
}
