import assert from 'node:assert/strict';
import type { PartitionState } from '../../engine/metadata/columns/partition-writer.ts';
import { errorCode } from '../../engine/protocol/errors.ts';
import { decodeAlterPartitionRequest } from '../../engine/protocol/generated/alter-partition-request.js';
import { encodeAlterPartitionResponse } from '../../engine/protocol/generated/alter-partition-response.js';
import { Reader } from '../../engine/protocol/reader.ts';
import { Writer } from '../../engine/protocol/writer.ts';

const version = 3;

export interface ModelTopic {
  readonly name: string;
  readonly id: string;
  readonly partitions: PartitionState[];
}

export interface ModelBroker {
  epoch: number;
  fenced: boolean;
}

/** The decisions of a controller about a few partitions, as plain as can be: what leaders and followers are told. */
export class ReplicaController {
  readonly topics: ModelTopic[] = [];
  readonly brokers = new Map<number, ModelBroker>();
  /** Goes up with every change. */
  offset = 1;
  private nextBrokerEpoch = 100;

  register(id: number): void {
    this.nextBrokerEpoch += 1;
    this.brokers.set(id, { epoch: this.nextBrokerEpoch, fenced: true });
    this.offset += 1;
  }

  unfence(id: number): void {
    this.brokers.get(id)!.fenced = false;
    this.changeEach((state) => {
      if (state.leader !== -1 || !state.isr.includes(id)) return {};
      return { leader: id };
    });
  }

  /** It leaves every ISR but where it is the last, and others lead where it led. */
  fence(id: number): void {
    this.brokers.get(id)!.fenced = true;
    this.changeEach((state) => {
      const isr = state.isr.length > 1 ? state.isr.filter((each) => each !== id) : state.isr;
      if (state.leader !== id) return isr === state.isr || isr.length === state.isr.length ? {} : { isr };
      return { isr, leader: state.replicas.find((each) => each !== id && this.mayLead(each, isr)) ?? -1 };
    });
  }

  /** Other replicas, of which those that are in sync stay so. */
  reassign(topic: ModelTopic, partition: number, replicas: readonly number[]): void {
    const { isr } = topic.partitions[partition]!;
    this.change(topic, partition, { replicas, isr: isr.filter((id) => replicas.includes(id)) });
  }

  /** Another replica in sync leads. */
  moveLeader(topic: ModelTopic, partition: number): void {
    const state = topic.partitions[partition]!;
    const next = state.isr.find((id) => id !== state.leader && this.mayLead(id, state.isr));
    if (next !== undefined) this.change(topic, partition, { leader: next });
  }

  private mayLead(id: number, isr: readonly number[]): boolean {
    return isr.includes(id) && this.brokers.get(id)?.fenced === false;
  }

  private changeEach(changeOf: (state: PartitionState) => Partial<PartitionState>): void {
    for (const topic of this.topics) {
      topic.partitions.forEach((state, index) => {
        this.change(topic, index, changeOf(state));
      });
    }
    this.offset += 1;
  }

  private change(topic: ModelTopic, index: number, change: Partial<PartitionState>): void {
    if (Object.keys(change).length === 0) return;
    const state = topic.partitions[index]!;
    const hasNewLeader = change.leader !== undefined && change.leader !== state.leader;
    topic.partitions[index] = {
      ...state,
      ...change,
      leaderEpoch: state.leaderEpoch + (hasNewLeader ? 1 : 0),
      partitionEpoch: state.partitionEpoch + 1,
    };
    this.offset += 1;
  }

  alterPartition(body: Uint8Array): Uint8Array {
    const request = decodeAlterPartitionRequest(new Reader(body), version);
    const broker = this.brokers.get(request.brokerId);
    const isStale = broker === undefined || BigInt(broker.epoch) !== request.brokerEpoch;
    const topics = isStale
      ? []
      : request.topics.map(({ topicId, partitions }) => ({
          topicId,
          partitions: partitions.map((wanted) => this.alterOne(request.brokerId, topicId, wanted)),
        }));
    const writer = new Writer();
    const response = { throttleTimeMs: 0, errorCode: isStale ? errorCode.STALE_BROKER_EPOCH : 0, topics };
    encodeAlterPartitionResponse(writer, response, version);
    return writer.toBytes();
  }

  private alterOne(
    leader: number,
    topicId: string,
    wanted: ReturnType<typeof decodeAlterPartitionRequest>['topics'][number]['partitions'][number],
  ) {
    const { partitionIndex } = wanted;
    const topic = this.topics.find(({ id }) => id === topicId);
    assert.notEqual(topic, undefined);
    const state = topic!.partitions[partitionIndex]!;
    const failed = (code: number) => ({ partitionIndex, errorCode: code });
    if (wanted.leaderEpoch !== state.leaderEpoch || state.leader !== leader) {
      return failed(errorCode.FENCED_LEADER_EPOCH);
    }
    if (wanted.partitionEpoch !== state.partitionEpoch) return failed(errorCode.INVALID_UPDATE_VERSION);
    const isr = wanted.newIsrWithEpochs.map(({ brokerId }) => brokerId);
    assert.ok(isr.includes(leader) && isr.every((id) => state.replicas.includes(id)), 'an ISR that makes no sense');
    const isEligible = wanted.newIsrWithEpochs.every(({ brokerId, brokerEpoch }) => {
      const broker = this.brokers.get(brokerId);
      return broker !== undefined && !broker.fenced && (brokerEpoch === -1n || BigInt(broker.epoch) === brokerEpoch);
    });
    if (!isEligible) return failed(errorCode.INELIGIBLE_REPLICA);
    this.change(topic!, partitionIndex, { isr });
    const after = topic!.partitions[partitionIndex]!;
    return {
      partitionIndex,
      errorCode: 0,
      leaderId: leader,
      leaderEpoch: after.leaderEpoch,
      isr,
      leaderRecoveryState: 0,
      partitionEpoch: after.partitionEpoch,
    };
  }
}
