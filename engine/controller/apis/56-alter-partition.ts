import type { NodeId, TopicId } from '../../base/brands.ts';
import { noLeader, type PartitionState } from '../../metadata/image/partition-state.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { AlterPartitionRequest, PartitionData } from '../../protocol/generated/alter-partition-request.js';
import type {
  AlterPartitionResponse,
  PartitionData as PartitionResult,
} from '../../protocol/generated/alter-partition-response.js';
import type { Init } from '../../protocol/types.ts';
import { answer, currentBroker, type Decision, type DecisionContext } from '../decision.ts';
import { electionOf, PartitionChanger } from '../partition-changer.ts';
import { isActive } from '../placement.ts';

type Response = Init<AlterPartitionResponse>;

/** AlterPartition (KIP-497, KIP-704): a leader changes its ISR or has recovered. Partitions succeed and fail one by one. */
export function alterPartition(context: DecisionContext, request: AlterPartitionRequest): Decision<Response> {
  if (currentBroker(context, request) === undefined) {
    return answer({ throttleTimeMs: 0, errorCode: errorCode.STALE_BROKER_EPOCH, topics: [] });
  }
  const changer = new PartitionChanger(context);
  const topics = request.topics.map(({ topicId, partitions }) => ({
    topicId,
    partitions: partitions.map((wanted) => alterOne(changer, request.brokerId, topicId, wanted)),
  }));
  return { records: changer.records, atomic: false, response: { throttleTimeMs: 0, errorCode: 0, topics } };
}

function alterOne(
  changer: PartitionChanger,
  brokerId: NodeId,
  topicId: TopicId,
  wanted: PartitionData,
): Init<PartitionResult> {
  const { context } = changer;
  const { partitionIndex } = wanted;
  const refuse = (code: number) => ({ partitionIndex, errorCode: code });
  if (context.image.topicById(topicId) === undefined) return refuse(errorCode.UNKNOWN_TOPIC_ID);
  const partition = changer.partition(topicId, partitionIndex);
  if (partition === undefined) return refuse(errorCode.UNKNOWN_TOPIC_OR_PARTITION);
  const isr = context.version >= 3 ? wanted.newIsrWithEpochs.map((state) => state.brokerId) : wanted.newIsr;
  const code = alterError(context, brokerId, partition, wanted, isr);
  if (code !== 0) return refuse(code);
  const { leaderRecoveryState } = wanted;
  const election = electionOf(context, topicId);
  const after = changer.change(topicId, partitionIndex, { isr, leaderRecoveryState, election }) ?? partition;
  // A reassignment that this completes may take the leadership away from the one who asks.
  if (after.leader !== brokerId) return refuse(errorCode.NEW_LEADER_ELECTED);
  return {
    partitionIndex,
    errorCode: 0,
    leaderId: after.leader,
    leaderEpoch: after.leaderEpoch,
    isr: after.isr,
    leaderRecoveryState: after.leaderRecoveryState,
    partitionEpoch: after.partitionEpoch,
  };
}

function alterError(
  context: DecisionContext,
  brokerId: NodeId,
  partition: PartitionState,
  wanted: PartitionData,
  isr: readonly NodeId[],
): number {
  // A leader that knows more than this controller has heard of a newer one.
  if (wanted.leaderEpoch > partition.leaderEpoch || wanted.partitionEpoch > partition.partitionEpoch) {
    return errorCode.NOT_CONTROLLER;
  }
  if (wanted.leaderEpoch < partition.leaderEpoch) return errorCode.FENCED_LEADER_EPOCH;
  if (partition.leader !== brokerId || brokerId === noLeader) return errorCode.INVALID_REQUEST;
  if (wanted.partitionEpoch < partition.partitionEpoch) return errorCode.INVALID_UPDATE_VERSION;
  const valid = new Set(isr).size === isr.length && isr.every((id) => partition.replicas.includes(id));
  if (!valid || !isr.includes(brokerId)) return errorCode.INVALID_REQUEST;
  const recovering = wanted.leaderRecoveryState !== 0;
  if (recovering && (isr.length > 1 || partition.leaderRecoveryState === 0)) return errorCode.INVALID_REQUEST;
  return isr.every((id) => isEligible(context, wanted, id)) ? 0 : errorCode.INELIGIBLE_REPLICA;
}

/** A replica whose broker was registered anew may lack what it had (KIP-903). */
function isEligible(context: DecisionContext, wanted: PartitionData, id: NodeId): boolean {
  const broker = context.image.broker(id);
  if (!isActive(broker)) return false;
  if (context.version < 3) return true;
  const epoch = wanted.newIsrWithEpochs.find((state) => state.brokerId === id)?.brokerEpoch ?? -1n;
  return epoch === -1n || epoch === BigInt(broker?.epoch ?? -1);
}
