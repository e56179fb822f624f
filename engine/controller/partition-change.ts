import type { DirectoryId, NodeId } from '../base/brands.ts';
import { noLeader, type PartitionState, sameList } from '../metadata/image/partition-state.ts';
import { directoryId } from '../protocol/uuid.ts';
import { completedReassignment } from './reassignment.ts';
import type { PartitionChange } from './records.ts';

/**
 * Who may be elected: `online` takes a member of the ISR, or of the ELR while the ISR is empty, and keeps a leader that
 * is one; `preferred` prefers the first replica; `unclean` takes any live replica rather than none.
 */
export type Election = 'online' | 'preferred' | 'unclean';

/** What a partition is to become. What is left out stays, unless the change calls for another. */
export interface PartitionTarget {
  readonly isr?: readonly NodeId[];
  readonly replicas?: readonly NodeId[];
  readonly removingReplicas?: readonly NodeId[];
  readonly addingReplicas?: readonly NodeId[];
  readonly leaderRecoveryState?: number;
  /** The directory that a replica lies in (KIP-858). */
  readonly directory?: { readonly broker: NodeId; readonly id: DirectoryId };
  /** A broker that may lack what was acknowledged: it is no eligible leader any longer. */
  readonly uncleanBroker?: NodeId;
  readonly election?: Election;
}

/** What the cluster says of who may lead. */
export interface PartitionRules {
  isAcceptableLeader(id: NodeId): boolean;
  /** Where a broker puts a replica that it does not have yet. */
  defaultDirectory(id: NodeId): DirectoryId;
  readonly elrEnabled: boolean;
  readonly minInsyncReplicas: number;
  readonly hasDirectories: boolean;
  /** Before 3.6 every shrink of the ISR raised the leader epoch. */
  readonly shrinkRaisesLeaderEpoch: boolean;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The lists of the partition as they will be, while they are worked out. */
interface Lists {
  replicas: readonly NodeId[];
  isr: readonly NodeId[];
  elr: readonly NodeId[];
  removingReplicas: readonly NodeId[];
  addingReplicas: readonly NodeId[];
}

/**
 * The one place where a partition's next state is worked out: completes a reassignment that can be completed, elects a
 * leader where there is none or the present one may not lead, keeps the eligible leaders (KIP-966). Null: nothing
 * changes.
 */
export function changePartition(
  partition: PartitionState,
  target: PartitionTarget,
  rules: PartitionRules,
): PartitionChange | null {
  const lists = targetLists(partition, target);
  lists.elr = eligibleLeaders(partition, lists.isr, target, rules);
  const change: Mutable<PartitionChange> = {};
  const elected = elect(partition, lists, target.election ?? 'online', rules);
  if (elected.leader !== partition.leader) {
    change.leader = elected.leader;
    if (elected.isUnclean) {
      lists.isr = [elected.leader];
      lists.elr = [];
      if (partition.leaderRecoveryState === 0) change.leaderRecoveryState = 1;
    } else if (lists.elr.includes(elected.leader)) {
      lists.isr = [elected.leader];
      lists.elr = without(lists.elr, elected.leader);
    }
  }
  if (!rules.elrEnabled) lists.elr = [];
  // A follower that is taken away must not be counted again by a leader that has not heard of it.
  if (change.leader === undefined && !containsAll(lists.replicas, partition.replicas)) change.leader = partition.leader;
  noteLists(partition, lists, change, rules);
  noteLastKnownLeader(partition, change, rules);
  noteDirectories(partition, lists.replicas, target, change, rules);
  const recovery = target.leaderRecoveryState;
  if (recovery !== undefined && recovery !== partition.leaderRecoveryState) change.leaderRecoveryState = recovery;
  return Object.keys(change).length === 0 ? null : change;
}

/** The directory of a replica; records of old versions name none. */
export function directoryOf(partition: PartitionState, id: NodeId): DirectoryId {
  return partition.directories[partition.replicas.indexOf(id)] ?? directoryId.migrating;
}

function targetLists(partition: PartitionState, target: PartitionTarget): Lists {
  const lists = {
    replicas: target.replicas ?? partition.replicas,
    isr: target.isr ?? partition.isr,
    elr: partition.elr,
    removingReplicas: target.removingReplicas ?? partition.removingReplicas,
    addingReplicas: target.addingReplicas ?? partition.addingReplicas,
  };
  const completed = completedReassignment(lists);
  return completed === null ? lists : { ...lists, ...completed, removingReplicas: [], addingReplicas: [] };
}

/** While the ISR is smaller than min.insync.replicas, who leaves it stays eligible: nothing was acknowledged since. */
function eligibleLeaders(
  partition: PartitionState,
  isr: readonly NodeId[],
  target: PartitionTarget,
  rules: PartitionRules,
): readonly NodeId[] {
  // Who was eligible when the feature was switched off may be elected still, and then all are forgotten.
  if (!rules.elrEnabled) return partition.elr;
  if (isr.length >= rules.minInsyncReplicas) return [];
  const candidates = new Set([...partition.elr, ...partition.isr]);
  const left = [...candidates].filter((id) => !isr.includes(id) && id !== target.uncleanBroker);
  return left.sort((a, b) => a - b);
}

interface Elected {
  readonly leader: NodeId;
  readonly isUnclean: boolean;
}

function elect(partition: PartitionState, lists: Lists, election: Election, rules: PartitionRules): Elected {
  const eligible = lists.isr.length === 0 ? lists.elr : lists.isr;
  const mayLead = (id: NodeId): boolean => eligible.includes(id) && rules.isAcceptableLeader(id);
  const clean = (leader: NodeId): Elected => ({ leader, isUnclean: false });
  if (election === 'preferred' && mayLead(lists.replicas[0])) return clean(lists.replicas[0]);
  if (mayLead(partition.leader)) return clean(partition.leader);
  const next = lists.replicas.find(mayLead) ?? lastKnownLeader(partition, lists, rules);
  if (next !== undefined) return typeof next === 'number' ? clean(next) : next;
  const survivor = election === 'unclean' ? lists.replicas.find((id) => rules.isAcceptableLeader(id)) : undefined;
  return survivor === undefined ? clean(noLeader) : { leader: survivor, isUnclean: true };
}

/** Nobody is in sync or eligible: better the one that led last than nobody, marked as recovering (KIP-966). */
function lastKnownLeader(partition: PartitionState, lists: Lists, rules: PartitionRules): Elected | undefined {
  if (!rules.elrEnabled || lists.isr.length > 0 || lists.elr.length > 0) return undefined;
  if (partition.lastKnownElr.length !== 1) return undefined;
  const [leader] = partition.lastKnownElr;
  return rules.isAcceptableLeader(leader) ? { leader, isUnclean: true } : undefined;
}

function noteLists(
  partition: PartitionState,
  lists: Lists,
  change: Mutable<PartitionChange>,
  rules: PartitionRules,
): void {
  if (!sameList(lists.elr, partition.elr)) change.elr = lists.elr;
  // Without ELR the last member stays in the ISR: there is nowhere else to remember it.
  const mayChange = lists.isr.length > 0 || rules.elrEnabled;
  if (mayChange && !sameList(lists.isr, partition.isr)) {
    change.isr = lists.isr;
    const shrinks = !containsAll(lists.isr, partition.isr);
    if (rules.shrinkRaisesLeaderEpoch && shrinks && change.leader === undefined) change.leader = partition.leader;
  }
  if (!sameList(lists.replicas, partition.replicas)) change.replicas = lists.replicas;
  if (!sameList(lists.removingReplicas, partition.removingReplicas)) change.removingReplicas = lists.removingReplicas;
  if (!sameList(lists.addingReplicas, partition.addingReplicas)) change.addingReplicas = lists.addingReplicas;
}

function noteLastKnownLeader(partition: PartitionState, change: Mutable<PartitionChange>, rules: PartitionRules): void {
  if (!rules.elrEnabled) return;
  const leader = change.leader ?? partition.leader;
  if (change.isr?.length === 0) {
    const isNews = partition.leader !== noLeader && !sameList(partition.lastKnownElr, [partition.leader]);
    if (isNews) change.lastKnownElr = [partition.leader];
  } else if (leader !== noLeader && partition.lastKnownElr.length > 0) {
    change.lastKnownElr = [];
  }
}

function noteDirectories(
  partition: PartitionState,
  replicas: readonly NodeId[],
  target: PartitionTarget,
  change: Mutable<PartitionChange>,
  rules: PartitionRules,
): void {
  if (!rules.hasDirectories) return;
  const next = replicas.map((id) => {
    if (target.directory?.broker === id) return target.directory.id;
    return partition.replicas.includes(id) ? directoryOf(partition, id) : rules.defaultDirectory(id);
  });
  const before = partition.replicas.map((id) => directoryOf(partition, id));
  if (!sameList(next, before)) change.directories = next;
}

function containsAll(list: readonly NodeId[], wanted: readonly NodeId[]): boolean {
  return wanted.every((id) => list.includes(id));
}

function without(list: readonly NodeId[], id: NodeId): readonly NodeId[] {
  return list.filter((member) => member !== id);
}
