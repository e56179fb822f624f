import type { NodeId, Offset } from '../base/brands.ts';
import type { Random } from '../base/random.ts';
import type { WrittenView } from '../metadata/image/image-view.ts';
import type { BrokerState, SupportedRange } from '../metadata/image/states.ts';
import { resourceType } from '../metadata/image/states.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import type { BrokerContact, SessionView } from './broker-sessions.ts';
import type { BrokerLayers, ConfigRules } from './config-rules.ts';

/** What a decision reads besides the request. Nothing here is written by a decision. */
export interface DecisionContext {
  readonly image: WrittenView;
  readonly configs: ConfigRules;
  readonly settings: ControllerSettings;
  readonly sessions: SessionView;
  readonly random: Random;
  /** Finalized level of kraft.version, which the log keeps; absent where nobody asks for it. */
  readonly kraftVersion?: number;
  /** Why it cannot have this level; null: it can, or it has it. */
  readonly kraftUpgradeRefusal?: (level: number) => string | null;
  /** The offset that the decision's first record will have. */
  readonly nextOffset: Offset;
  /** Monotonic. */
  readonly nowMs: number;
  /** The version of the request. */
  readonly version: number;
}

/** The part of the node's static configuration that the controller decides by. */
export interface ControllerSettings {
  readonly nodeId: NodeId;
  readonly clusterId: string;
  /** controller.quorum.voters */
  readonly configuredVoters: readonly NodeId[];
  readonly defaultPartitions: number;
  readonly defaultReplicationFactor: number;
  readonly deleteTopicEnable: boolean;
  /** min.insync.replicas as configured: what the cluster's default becomes when ELR is turned on (KIP-966). */
  readonly minInsyncReplicas: number;
  /** unclean.leader.election.enable as configured. */
  readonly uncleanLeaderElectionEnable: boolean;
  /** How often leaderships are moved back to preferred replicas (auto.leader.rebalance.enable); Infinity for never. */
  readonly balanceIntervalMs: number;
  /** unclean.leader.election.interval.ms */
  readonly uncleanElectionIntervalMs: number;
  /** What this node supports: metadata.version and the features. */
  readonly supportedFeatures: readonly SupportedRange[];
}

/** A decision only computes: state changes when the records are replayed. */
export interface Decision<R> {
  /** Appended as one batch if `atomic`, else in batches as large as may be. */
  readonly records: readonly MetadataRecord[];
  readonly atomic: boolean;
  readonly response: R;
  /** The level that kraft.version gets, before the records are written. */
  readonly kraftVersion?: number;
  /** A sign of life of a broker, noted when the records are written. */
  readonly contact?: BrokerContact;
}

export function answer<R>(response: R): Decision<R> {
  return { records: [], atomic: true, response };
}

export function decide<R>(records: readonly MetadataRecord[], response: R): Decision<R> {
  return { records, atomic: true, response };
}

/** The dynamic configs that the rules of configs look at: those of a broker (of this node, where none is named), and of all. */
export function brokerLayers(context: DecisionContext, broker = ''): BrokerLayers {
  const { image, settings } = context;
  return {
    broker: image.configs(resourceType.broker, broker === '' ? String(settings.nodeId) : broker),
    cluster: image.configs(resourceType.broker, ''),
  };
}

/** The broker of whom a request is, where it is registered with the epoch that it names: STALE_BROKER_EPOCH otherwise. */
export function currentBroker(
  { image }: DecisionContext,
  { brokerId, brokerEpoch }: { readonly brokerId: NodeId; readonly brokerEpoch: bigint },
): BrokerState | undefined {
  const broker = image.broker(brokerId);
  return broker !== undefined && BigInt(broker.epoch) === brokerEpoch ? broker : undefined;
}
