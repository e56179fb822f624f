import type { NodeId, TopicId } from '../base/brands.ts';
import type { PartitionState } from '../metadata/image/partition-state.ts';
import { mergePartition } from '../metadata/image/replay.ts';
import { resourceType } from '../metadata/image/states.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import {
  hasDirectoryAssignment,
  hasEligibleLeaders,
  metadataVersionFeature,
  partitionRecordVersion,
  shrinkRaisesLeaderEpoch,
} from '../metadata/record-versions.ts';
import type { DecisionContext } from './decision.ts';
import { elrFeature } from './feature-levels.ts';
import { changePartition, directoryOf, type PartitionRules, type PartitionTarget } from './partition-change.ts';
import { defaultDirectory, hasOnlineDirectory, isActive } from './placement.ts';
import { partitionChangeRecord } from './records.ts';

/** Brokers that count as something else than their registrations say: the decision is about to change these. */
export interface Exceptions {
  /** May not lead. */
  readonly leaving?: NodeId;
  /** May lead. */
  readonly returning?: NodeId;
}

/**
 * The changes of partitions that one decision makes, and its records. What it changed it sees changed, so that a
 * partition which is concerned twice is not decided on as it no longer is.
 */
export class PartitionChanger {
  readonly context: DecisionContext;
  readonly records: MetadataRecord[] = [];
  readonly #metadataVersion: number;
  readonly #elrEnabled: boolean;
  readonly #changed = new Map<TopicId, Map<number, PartitionState>>();
  /** min.insync.replicas by topic. */
  readonly #minInsync = new Map<TopicId, number>();

  constructor(context: DecisionContext) {
    this.context = context;
    this.#metadataVersion = context.image.featureLevel(metadataVersionFeature);
    this.#elrEnabled = context.image.featureLevel(elrFeature) > 0 && hasEligibleLeaders(this.#metadataVersion);
  }

  partition(topicId: TopicId, index: number): PartitionState | undefined {
    return this.#changed.get(topicId)?.get(index) ?? this.context.image.partition(topicId, index);
  }

  /** Makes the record, if there is anything to change. Answers the partition as it is then, null if it is as it was. */
  change(topicId: TopicId, index: number, target: PartitionTarget, exceptions: Exceptions = {}): PartitionState | null {
    const partition = this.partition(topicId, index);
    const change = partition && changePartition(partition, target, this.#rules(topicId, partition, exceptions));
    if (partition === undefined || change === undefined || change === null) return null;
    const record = partitionChangeRecord(topicId, index, change, partitionRecordVersion(this.#metadataVersion));
    this.records.push(record);
    const after = mergePartition(partition, record.message);
    const changed = this.#changed.get(topicId);
    if (changed === undefined) this.#changed.set(topicId, new Map([[index, after]]));
    else changed.set(index, after);
    return after;
  }

  #rules(topicId: TopicId, partition: PartitionState, { leaving, returning }: Exceptions): PartitionRules {
    const { image } = this.context;
    const mayLead = (id: NodeId) => id !== leaving && (id === returning || isActive(image.broker(id)));
    return {
      isAcceptableLeader: (id) => mayLead(id) && hasOnlineDirectory(image.broker(id), directoryOf(partition, id)),
      defaultDirectory: (id) => defaultDirectory(image.broker(id)),
      elrEnabled: this.#elrEnabled,
      minInsyncReplicas: this.#minInsyncReplicas(topicId),
      hasDirectories: hasDirectoryAssignment(this.#metadataVersion),
      shrinkRaisesLeaderEpoch: shrinkRaisesLeaderEpoch(this.#metadataVersion),
    };
  }

  /** Never more than the topic has replicas, by its first partition. */
  #minInsyncReplicas(topicId: TopicId): number {
    let least = this.#minInsync.get(topicId);
    if (least === undefined) {
      const { image, settings } = this.context;
      const text = effectiveTopicConfig(this.context, topicId, 'min.insync.replicas');
      const wanted = text === undefined ? settings.minInsyncReplicas : Number(text);
      least = Math.min(wanted, image.partition(topicId, 0)?.replicas.length ?? wanted);
      this.#minInsync.set(topicId, least);
    }
    return least;
  }
}

/** unclean.leader.election.enable of a topic. */
export function allowsUncleanElection(context: DecisionContext, topicId: TopicId): boolean {
  const text = effectiveTopicConfig(context, topicId, 'unclean.leader.election.enable');
  return text === undefined ? context.settings.uncleanLeaderElectionEnable : text.toLowerCase() === 'true';
}

/** Where a topic allows it, whatever needs a leader gets one. */
export function electionOf(context: DecisionContext, topicId: TopicId): 'unclean' | 'online' {
  return allowsUncleanElection(context, topicId) ? 'unclean' : 'online';
}

/** As dynamic configs have it: the topic's own, this node's, all brokers'. */
function effectiveTopicConfig({ image, settings }: DecisionContext, topicId: TopicId, key: string): string | undefined {
  const name = image.topicById(topicId)?.name ?? '';
  return (
    image.configs(resourceType.topic, name).get(key) ??
    image.configs(resourceType.broker, String(settings.nodeId)).get(key) ??
    image.configs(resourceType.broker, '').get(key)
  );
}
