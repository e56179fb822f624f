import type { NodeId, TopicId } from '../base/brands.ts';
import type { PartitionState } from '../metadata/image/partition-state.ts';
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
import { type PartitionChange, partitionChangeRecord } from './records.ts';

/** Brokers that count as something else than their registrations say: a decision is about to change these. */
export interface Exceptions {
  /** May not lead. */
  readonly leaving?: NodeId;
  /** May lead. */
  readonly returning?: NodeId;
}

/** A change of one partition as the decisions of a request see the cluster. */
export class PartitionChanger {
  readonly #context: DecisionContext;
  readonly #exceptions: Exceptions;
  readonly #metadataVersion: number;
  readonly #elrEnabled: boolean;
  /** min.insync.replicas by topic. */
  readonly #minInsync = new Map<TopicId, number>();

  constructor(context: DecisionContext, exceptions: Exceptions = {}) {
    this.#context = context;
    this.#exceptions = exceptions;
    this.#metadataVersion = context.image.featureLevel(metadataVersionFeature);
    this.#elrEnabled = context.image.featureLevel(elrFeature) > 0 && hasEligibleLeaders(this.#metadataVersion);
  }

  change(topicId: TopicId, partition: PartitionState, target: PartitionTarget): PartitionChange | null {
    const { image } = this.#context;
    return changePartition(partition, target, {
      isAcceptableLeader: (id) => this.#mayLead(id) && hasOnlineDirectory(image.broker(id), directoryOf(partition, id)),
      defaultDirectory: (id) => defaultDirectory(image.broker(id)),
      elrEnabled: this.#elrEnabled,
      minInsyncReplicas: this.#minInsyncReplicas(topicId),
      hasDirectories: hasDirectoryAssignment(this.#metadataVersion),
      shrinkRaisesLeaderEpoch: shrinkRaisesLeaderEpoch(this.#metadataVersion),
    } satisfies PartitionRules);
  }

  record(topicId: TopicId, index: number, change: PartitionChange): MetadataRecord {
    return partitionChangeRecord(topicId, index, change, partitionRecordVersion(this.#metadataVersion));
  }

  #mayLead(id: NodeId): boolean {
    const { leaving, returning } = this.#exceptions;
    return id !== leaving && (id === returning || isActive(this.#context.image.broker(id)));
  }

  /** Never more than the topic has replicas, by its first partition. */
  #minInsyncReplicas(topicId: TopicId): number {
    let least = this.#minInsync.get(topicId);
    if (least === undefined) {
      const { image, settings } = this.#context;
      const text = effectiveTopicConfig(this.#context, topicId, 'min.insync.replicas');
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

/** As dynamic configs have it: the topic's own, this node's, all brokers'. */
function effectiveTopicConfig({ image, settings }: DecisionContext, topicId: TopicId, key: string): string | undefined {
  const name = image.topicById(topicId)?.name ?? '';
  return (
    image.configs(resourceType.topic, name).get(key) ??
    image.configs(resourceType.broker, String(settings.nodeId)).get(key) ??
    image.configs(resourceType.broker, '').get(key)
  );
}
