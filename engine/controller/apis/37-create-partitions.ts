import type { NodeId } from '../../base/brands.ts';
import type { TopicState } from '../../metadata/image/states.ts';
import type { MetadataRecord } from '../../metadata/metadata-record.ts';
import { metadataVersionFeature, partitionRecordVersion } from '../../metadata/record-versions.ts';
import { errorCode } from '../../protocol/errors.ts';
import type {
  CreatePartitionsRequest,
  CreatePartitionsTopic,
} from '../../protocol/generated/create-partitions-request.js';
import type {
  CreatePartitionsResponse,
  CreatePartitionsTopicResult,
} from '../../protocol/generated/create-partitions-response.js';
import type { Init } from '../../protocol/types.ts';
import { type ApiError, apiError, isError, noError } from '../api-error.ts';
import { answer, type Decision, type DecisionContext, decide } from '../decision.ts';
import { controllerLimits } from '../limits.ts';
import { defaultDirectory, isActive, manualAssignmentProblem, placeReplicas } from '../placement.ts';
import { partitionRecord } from '../records.ts';
import { tooManyRecords } from './19-create-topics.ts';

type Response = Init<CreatePartitionsResponse>;
type Result = Init<CreatePartitionsTopicResult>;

/**
 * CreatePartitions. Names that the request has twice are refused, first. Kafka appends as much of an excessively large
 * request as fits and answers UNKNOWN_SERVER_ERROR; here such a request is refused as a whole, as CreateTopics is.
 */
export function createPartitions(context: DecisionContext, request: CreatePartitionsRequest): Decision<Response> {
  const counts = new Map<string, number>();
  for (const { name } of request.topics) counts.set(name, (counts.get(name) ?? 0) + 1);
  const duplicates = [...counts].filter(([, count]) => count > 1).map(([name]) => name);
  const results: Result[] = duplicates.map((name) => result(name, duplicate));
  const topics = request.topics.filter(({ name }) => counts.get(name) === 1);
  const records: MetadataRecord[] = [];
  const accepted: Result[] = [];
  for (const topic of topics) {
    const added = addPartitions(context, topic, controllerLimits.recordsPerRequest - records.length);
    if (added === tooManyRecords) {
      return answer(response([...results, ...topics.map(({ name }) => result(name, tooManyRecords))]));
    }
    if (isError(added)) {
      accepted.push(result(topic.name, added));
      continue;
    }
    for (const record of added) records.push(record);
    accepted.push(result(topic.name, noError));
  }
  return decide(request.validateOnly ? [] : records, response([...results, ...accepted]));
}

const duplicate = apiError(errorCode.INVALID_REQUEST, 'Duplicate topic name.');

function response(results: readonly Result[]): Response {
  return { throttleTimeMs: 0, results };
}

function result(name: string, { errorCode, errorMessage }: ApiError): Result {
  return { name, errorCode, errorMessage };
}

function addPartitions(
  context: DecisionContext,
  wanted: CreatePartitionsTopic,
  room: number,
): readonly MetadataRecord[] | ApiError {
  const topic = context.image.topicByName(wanted.name);
  if (topic === undefined) return apiError(errorCode.UNKNOWN_TOPIC_OR_PARTITION, null);
  const existing = context.image.partitionCount(topic.id);
  if (wanted.count === existing) {
    return apiError(errorCode.INVALID_PARTITIONS, `Topic already has ${existing} partition(s).`);
  }
  if (wanted.count < existing) {
    const message = `The topic ${topic.name} currently has ${existing} partition(s); ${wanted.count} would not be an increase.`;
    return apiError(errorCode.INVALID_PARTITIONS, message);
  }
  const added = wanted.count - existing;
  if (wanted.assignments !== null && wanted.assignments.length !== added) {
    const message =
      `Attempted to add ${added} additional partition(s), but only ${wanted.assignments.length} ` +
      'assignment(s) were specified.';
    return apiError(errorCode.INVALID_REPLICA_ASSIGNMENT, message);
  }
  if (added > room) return tooManyRecords;
  const placed = place(context, topic, wanted, added);
  if (isError(placed)) return placed;
  const version = partitionRecordVersion(context.image.featureLevel(metadataVersionFeature));
  return placed.map((replicas, i) => {
    const isr = replicas.filter((id) => isActive(context.image.broker(id)));
    const directories = replicas.map((id) => defaultDirectory(context.image.broker(id)));
    return partitionRecord(topic.id, existing + i, replicas, isr, directories, version);
  });
}

function place(
  context: DecisionContext,
  topic: TopicState,
  wanted: CreatePartitionsTopic,
  added: number,
): readonly (readonly NodeId[])[] | ApiError {
  const { image } = context;
  const factor = image.partition(topic.id, 0)?.replicas.length ?? 1;
  if (wanted.assignments !== null) {
    const refuse = (message: string) => apiError(errorCode.INVALID_REPLICA_ASSIGNMENT, message);
    for (const [i, { brokerIds }] of wanted.assignments.entries()) {
      const problem = manualAssignmentProblem(image, brokerIds, factor);
      if (problem !== null) return refuse(problem);
      if (!brokerIds.some((id) => isActive(image.broker(id)))) {
        return refuse(
          'All brokers specified in the manual partition assignment for partition ' +
            `${image.partitionCount(topic.id) + i} are fenced or in controlled shutdown.`,
        );
      }
    }
    return wanted.assignments.map(({ brokerIds }) => brokerIds);
  }
  const placed = placeReplicas(image, added, factor, context.random);
  const refuse = (problem: string) =>
    apiError(errorCode.INVALID_REPLICATION_FACTOR, `Unable to replicate the partition ${factor} time(s): ${problem}`);
  if ('problem' in placed) return refuse(placed.problem);
  const leaderless = placed.assignments.some((ids) => !ids.some((id) => isActive(image.broker(id))));
  return leaderless ? refuse('All brokers are currently fenced or in controlled shutdown.') : placed.assignments;
}

export function refuseCreatePartitions(
  request: CreatePartitionsRequest,
  code: number,
  message: string | null,
): Response {
  return response(request.topics.map(({ name }) => result(name, apiError(code, message))));
}
