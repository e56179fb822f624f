import type { TopicId } from '../../base/brands.ts';
import { noLeader } from '../../metadata/image/partition-state.ts';
import { errorCode, errorMessage } from '../../protocol/errors.ts';
import type { ElectLeadersRequest } from '../../protocol/generated/elect-leaders-request.js';
import type {
  ElectLeadersResponse,
  PartitionResult,
  ReplicaElectionResult,
} from '../../protocol/generated/elect-leaders-response.js';
import type { Init } from '../../protocol/types.ts';
import { type ApiError, apiError, noError } from '../api-error.ts';
import { answer, type Decision, type DecisionContext } from '../decision.ts';
import { controllerLimits } from '../limits.ts';
import type { Election } from '../partition-change.ts';
import { PartitionChanger } from '../partition-changer.ts';

type Response = Init<ElectLeadersResponse>;

const electionTypes: readonly (Election | undefined)[] = ['preferred', 'unclean'];

/** ElectLeaders (KIP-183, KIP-460): by the client's wish, of the partitions that it names or of all. */
export function electLeaders(context: DecisionContext, request: ElectLeadersRequest): Decision<Response> {
  const election = electionTypes[request.electionType];
  if (election === undefined)
    return answer(refuseElectLeaders(request, errorCode.INVALID_REQUEST, null, context.version));
  const elector = new Elector(context, election);
  const replicaElectionResults = request.topicPartitions === null ? electAll(context, elector) : [];
  for (const { topic, partitions } of request.topicPartitions ?? []) {
    const partitionResult = partitions.map((index) => resultOf(index, elector.electByName(topic, index)));
    replicaElectionResults.push({ topic, partitionResult });
  }
  const { records } = elector.changer;
  if (records.length > controllerLimits.recordsPerRequest) {
    return answer(refuseElectLeaders(request, errorCode.POLICY_VIOLATION, null, context.version));
  }
  const response = { throttleTimeMs: 0, errorCode: 0, replicaElectionResults };
  return { records, atomic: false, response };
}

/** Every partition whose leader is not the one wanted. */
function electAll({ image }: DecisionContext, elector: Elector): Init<ReplicaElectionResult>[] {
  const results: Init<ReplicaElectionResult>[] = [];
  for (const [topicId, { name }] of image.topics()) {
    const partitionResult: Init<PartitionResult>[] = [];
    const count = image.partitionCount(topicId);
    for (let i = 0; i < count; i++) {
      const outcome = elector.elect(topicId, name, i);
      if (outcome.errorCode !== errorCode.ELECTION_NOT_NEEDED) partitionResult.push(resultOf(i, outcome));
    }
    results.push({ topic: name, partitionResult });
  }
  return results;
}

class Elector {
  readonly changer: PartitionChanger;
  readonly #election: Election;

  constructor(context: DecisionContext, election: Election) {
    this.#election = election;
    this.changer = new PartitionChanger(context);
  }

  electByName(name: string, index: number): ApiError {
    const topic = this.changer.context.image.topicByName(name);
    if (topic !== undefined) return this.elect(topic.id, name, index);
    return apiError(errorCode.UNKNOWN_TOPIC_OR_PARTITION, `No such topic as ${name}`);
  }

  elect(topicId: TopicId, name: string, index: number): ApiError {
    const partition = this.changer.partition(topicId, index);
    if (partition === undefined) {
      return apiError(errorCode.UNKNOWN_TOPIC_OR_PARTITION, `No such partition as ${name}-${index}`);
    }
    const isPreferred = this.#election === 'preferred';
    const isThere = isPreferred ? partition.leader === partition.replicas[0] : partition.leader !== noLeader;
    if (isThere) return plainError(errorCode.ELECTION_NOT_NEEDED);
    if (this.changer.change(topicId, index, { election: this.#election }) !== null) return noError;
    return plainError(
      isPreferred ? errorCode.PREFERRED_LEADER_NOT_AVAILABLE : errorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE,
    );
  }
}

function plainError(code: number): ApiError {
  return apiError(code, errorMessage(code));
}

function resultOf(partitionId: number, { errorCode, errorMessage }: ApiError): Init<PartitionResult> {
  return { partitionId, errorCode, errorMessage };
}

/** Version 0 has no code for the whole. */
export function refuseElectLeaders(
  { topicPartitions }: ElectLeadersRequest,
  code: number,
  _message: string | null,
  version: number,
): Response {
  const refused = plainError(code);
  const replicaElectionResults = (topicPartitions ?? []).map(({ topic, partitions }) => ({
    topic,
    partitionResult: partitions.map((index) => resultOf(index, refused)),
  }));
  return { throttleTimeMs: 0, errorCode: version === 0 ? 0 : code, replicaElectionResults };
}
