import type { NodeId, TopicId } from '../../base/brands.ts';
import type { PartitionState } from '../../metadata/image/partition-state.ts';
import { errorCode, errorMessage } from '../../protocol/errors.ts';
import type {
  AlterPartitionReassignmentsRequest,
  ReassignablePartition,
} from '../../protocol/generated/alter-partition-reassignments-request.js';
import type { AlterPartitionReassignmentsResponse } from '../../protocol/generated/alter-partition-reassignments-response.js';
import type { Init } from '../../protocol/types.ts';
import { type ApiError, apiError, isError, noError } from '../api-error.ts';
import { answer, type Decision, type DecisionContext } from '../decision.ts';
import { controllerLimits } from '../limits.ts';
import type { PartitionTarget } from '../partition-change.ts';
import { electionOf, PartitionChanger } from '../partition-changer.ts';
import { manualAssignmentProblem } from '../placement.ts';
import { isReassigning, originalReplicas, planReassignment, revertedReassignment } from '../reassignment.ts';

type Response = Init<AlterPartitionReassignmentsResponse>;

/**
 * AlterPartitionReassignments (KIP-455): new replicas are added at once, the old ones go when the new ones are in sync
 * (see AlterPartition); no replicas: the partition goes back to those that it had.
 */
export function alterPartitionReassignments(
  context: DecisionContext,
  request: AlterPartitionReassignmentsRequest,
): Decision<Response> {
  const changer = new PartitionChanger(context);
  const responses = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map((wanted) => {
      const { errorCode, errorMessage } = reassign(changer, name, wanted, request);
      return { partitionIndex: wanted.partitionIndex, errorCode, errorMessage };
    }),
  }));
  const { records } = changer;
  if (records.length > controllerLimits.recordsPerRequest) {
    return answer(refuseReassignments(request, errorCode.POLICY_VIOLATION));
  }
  return { records, atomic: true, response: response(request, noError, responses) };
}

function reassign(
  changer: PartitionChanger,
  name: string,
  wanted: ReassignablePartition,
  request: AlterPartitionReassignmentsRequest,
): ApiError {
  const { context } = changer;
  const unknown = (message: string) => apiError(errorCode.UNKNOWN_TOPIC_OR_PARTITION, message);
  const topic = context.image.topicByName(name);
  if (topic === undefined) return unknown(`Unable to find a topic named ${name}.`);
  const partition = changer.partition(topic.id, wanted.partitionIndex);
  if (partition === undefined) return unknown(`Unable to find partition ${name}:${wanted.partitionIndex}.`);
  const target =
    wanted.replicas === null
      ? cancelled(context, topic.id, `${name}:${wanted.partitionIndex}`, partition)
      : reassigned(context, partition, wanted.replicas, request.allowReplicationFactorChange);
  if (isError(target)) return target;
  changer.change(topic.id, wanted.partitionIndex, target);
  return noError;
}

function cancelled(
  context: DecisionContext,
  topicId: TopicId,
  title: string,
  partition: PartitionState,
): PartitionTarget | ApiError {
  if (!isReassigning(partition)) return apiError(errorCode.NO_REASSIGNMENT_IN_PROGRESS, null);
  const { replicas, isr, isUnclean } = revertedReassignment(partition);
  const election = electionOf(context, topicId);
  if (isUnclean && (election !== 'unclean' || replicas.length === 0)) {
    const message = `Unable to revert partition assignment for ${title} because it would require an unclean leader election.`;
    return apiError(errorCode.INVALID_REPLICA_ASSIGNMENT, message);
  }
  return { replicas, isr, removingReplicas: [], addingReplicas: [], election };
}

function reassigned(
  context: DecisionContext,
  partition: PartitionState,
  replicas: readonly NodeId[],
  mayChangeFactor: boolean,
): PartitionTarget | ApiError {
  const problem = manualAssignmentProblem(context.image, replicas, -1);
  if (problem !== null) return apiError(errorCode.INVALID_REPLICA_ASSIGNMENT, problem);
  const factor = originalReplicas(partition).length;
  if (!mayChangeFactor && replicas.length !== factor) {
    const message = `The replication factor is changed from ${factor} to ${replicas.length}`;
    return apiError(errorCode.INVALID_REPLICATION_FACTOR, message);
  }
  const plan = planReassignment(partition.replicas, replicas);
  // What neither goes nor comes by this request goes and comes as an earlier one wanted it.
  return {
    replicas: plan.replicas,
    ...(plan.removingReplicas.length > 0 ? { removingReplicas: plan.removingReplicas } : {}),
    ...(plan.addingReplicas.length > 0 ? { addingReplicas: plan.addingReplicas } : {}),
  };
}

function response(
  { allowReplicationFactorChange }: AlterPartitionReassignmentsRequest,
  { errorCode, errorMessage }: ApiError,
  responses: Response['responses'],
): Response {
  return { throttleTimeMs: 0, allowReplicationFactorChange, errorCode, errorMessage, responses };
}

export function refuseReassignments(request: AlterPartitionReassignmentsRequest, code: number): Response {
  return response(request, apiError(code, errorMessage(code)), []);
}
