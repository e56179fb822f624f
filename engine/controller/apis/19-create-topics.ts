import type { NodeId, TopicId } from '../../base/brands.ts';
import { zeroUuid } from '../../base/brands.ts';
import { collisionKey } from '../../metadata/image/image-state.ts';
import { resourceType } from '../../metadata/image/states.ts';
import type { MetadataRecord } from '../../metadata/metadata-record.ts';
import { metadataVersionFeature, partitionRecordVersion } from '../../metadata/record-versions.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { CreatableTopic, CreateTopicsRequest } from '../../protocol/generated/create-topics-request.js';
import type { CreatableTopicResult, CreateTopicsResponse } from '../../protocol/generated/create-topics-response.js';
import type { Init } from '../../protocol/types.ts';
import { randomUuid } from '../../protocol/uuid.ts';
import { type ApiError, apiError, isError } from '../api-error.ts';
import { changeConfigs, configOperation } from '../config-changes.ts';
import { answer, brokerLayers, type Decision, type DecisionContext, decide } from '../decision.ts';
import { controllerLimits } from '../limits.ts';
import { defaultDirectory, isActive, manualAssignmentProblem, placeReplicas } from '../placement.ts';
import { partitionRecord, topicRecord } from '../records.ts';
import { topicNameProblem } from '../topic-names.ts';

type Response = Init<CreateTopicsResponse>;
type Result = Init<CreatableTopicResult>;

const metadataTopic = '__cluster_metadata';

/** CreateTopics. Results are in the order of the request, names that it has twice (refused) at the end. */
export function createTopics(context: DecisionContext, request: CreateTopicsRequest): Decision<Response> {
  const counts = new Map<string, number>();
  for (const { name } of request.topics) counts.set(name, (counts.get(name) ?? 0) + 1);
  const topics = request.topics.filter(({ name }) => counts.get(name) === 1 && name !== metadataTopic);
  const refused: Result[] = [];
  for (const [name, count] of counts) {
    if (count > 1) refused.push(failure(name, apiError(errorCode.INVALID_REQUEST, 'Duplicate topic name.')));
    else if (name === metadataTopic) refused.push(failure(name, prohibited));
  }
  const excess = requestedPartitions(context, topics) > controllerLimits.recordsPerRequest ? tooManyPartitions : null;
  if (excess !== null) return answer(response([...topics.map(({ name }) => failure(name, excess)), ...refused]));

  const records: MetadataRecord[] = [];
  const results: Result[] = [];
  for (const topic of topics) {
    const made = createTopic(context, topic);
    if (isError(made)) {
      results.push(failure(topic.name, made));
      continue;
    }
    for (const record of made.records) records.push(record);
    results.push(made.result);
  }
  if (records.length > controllerLimits.recordsPerRequest) {
    return answer(response([...topics.map(({ name }) => failure(name, tooManyRecords)), ...refused]));
  }
  return decide(request.validateOnly ? [] : records, response([...results, ...refused]));
}

const prohibited = apiError(errorCode.INVALID_REQUEST, `Creation of internal topic ${metadataTopic} is prohibited.`);
const tooManyPartitions = apiError(errorCode.POLICY_VIOLATION, 'Excessively large number of partitions per request.');
export const tooManyRecords = apiError(
  errorCode.POLICY_VIOLATION,
  'Unable to perform excessively large batch operation.',
);

function response(topics: readonly Result[]): Response {
  return { throttleTimeMs: 0, topics };
}

function failure(name: string, { errorCode, errorMessage }: ApiError): Result {
  return {
    name,
    topicId: zeroUuid,
    errorCode,
    errorMessage,
    topicConfigErrorCode: 0,
    numPartitions: -1,
    replicationFactor: -1,
    configs: [],
  };
}

function requestedPartitions(context: DecisionContext, topics: readonly CreatableTopic[]): number {
  let sum = 0;
  for (const topic of topics) {
    if (topic.assignments.length > 0) sum += topic.assignments.length;
    else sum += topic.numPartitions === -1 ? context.settings.defaultPartitions : Math.max(0, topic.numPartitions);
  }
  return sum;
}

interface Made {
  readonly records: readonly MetadataRecord[];
  readonly result: Result;
}

/** The checks are in Kafka's order: of several faults the client is told the same one. */
function createTopic(context: DecisionContext, topic: CreatableTopic): Made | ApiError {
  const named = nameError(context, topic.name);
  if (named !== null) return named;
  const configs = topicConfigRecords(context, topic);
  if (isError(configs)) return configs;
  const assignments = topic.assignments.length > 0 ? manual(context, topic) : automatic(context, topic);
  if (isError(assignments)) return assignments;

  const topicId = randomUuid(context.random);
  const records: MetadataRecord[] = [topicRecord(topic.name, topicId), ...configs];
  const version = partitionRecordVersion(context.image.featureLevel(metadataVersionFeature));
  assignments.forEach((replicas, index) => {
    const isr = replicas.filter((id) => isActive(context.image.broker(id)));
    const directories = replicas.map((id) => defaultDirectory(context.image.broker(id)));
    records.push(partitionRecord(topicId, index, replicas, isr, directories, version));
  });
  return { records, result: success(context, topic, topicId, assignments) };
}

function nameError(context: DecisionContext, name: string): ApiError | null {
  const problem = topicNameProblem(name);
  if (problem !== null) return apiError(errorCode.INVALID_TOPIC_EXCEPTION, `Topic name is invalid: ${problem}`);
  if (context.image.topicByName(name) !== undefined) {
    return apiError(errorCode.TOPIC_ALREADY_EXISTS, `Topic '${name}' already exists.`);
  }
  const key = collisionKey(name);
  const collides = key === null ? [] : context.image.collidingNames(key);
  if (collides.length === 0) return null;
  return apiError(errorCode.INVALID_TOPIC_EXCEPTION, `Topic '${name}' collides with existing topic: ${collides[0]}`);
}

function topicConfigRecords(context: DecisionContext, topic: CreatableTopic): readonly MetadataRecord[] | ApiError {
  const withoutValue = topic.configs.filter(({ value }) => value === null).map(({ name }) => name);
  if (withoutValue.length > 0) {
    const message = `Null value not supported for topic configs: ${withoutValue.join(',')}`;
    return apiError(errorCode.INVALID_CONFIG, message);
  }
  const last = new Map(topic.configs.map(({ name, value }) => [name, value]));
  const changes = [...last].map(([name, value]) => ({ name, value, operation: configOperation.set }));
  return changeConfigs(context, { type: resourceType.topic, name: topic.name }, changes, true);
}

function manual(context: DecisionContext, topic: CreatableTopic): readonly (readonly NodeId[])[] | ApiError {
  if (topic.replicationFactor !== -1) {
    const message = 'A manual partition assignment was specified, but replication factor was not set to -1.';
    return apiError(errorCode.INVALID_REQUEST, message);
  }
  if (topic.numPartitions !== -1) {
    const message = 'A manual partition assignment was specified, but numPartitions was not set to -1.';
    return apiError(errorCode.INVALID_REQUEST, message);
  }
  const refuse = (message: string) => apiError(errorCode.INVALID_REPLICA_ASSIGNMENT, message);
  const byIndex = new Map<number, readonly NodeId[]>();
  let size = -1;
  for (const { partitionIndex, brokerIds } of topic.assignments) {
    if (byIndex.has(partitionIndex)) {
      return refuse(`Found multiple manual partition assignments for partition ${partitionIndex}`);
    }
    const problem = manualAssignmentProblem(context.image, brokerIds, size);
    if (problem !== null) return refuse(problem);
    size = brokerIds.length;
    if (!brokerIds.some((id) => isActive(context.image.broker(id)))) {
      return refuse(
        'All brokers specified in the manual partition assignment for partition ' +
          `${partitionIndex} are fenced or in controlled shutdown.`,
      );
    }
    byIndex.set(partitionIndex, brokerIds);
  }
  const assignments: (readonly NodeId[])[] = [];
  for (let i = 0; i < byIndex.size; i++) {
    const replicas = byIndex.get(i);
    if (replicas === undefined) return refuse('partitions should be a consecutive 0-based integer sequence');
    assignments.push(replicas);
  }
  return assignments;
}

function automatic(context: DecisionContext, topic: CreatableTopic): readonly (readonly NodeId[])[] | ApiError {
  const { replicationFactor, numPartitions } = topic;
  if (replicationFactor < -1 || replicationFactor === 0) {
    const message = 'Replication factor must be larger than 0, or -1 to use the default value.';
    return apiError(errorCode.INVALID_REPLICATION_FACTOR, message);
  }
  if (numPartitions < -1 || numPartitions === 0) {
    const message = 'Number of partitions was set to an invalid non-positive value.';
    return apiError(errorCode.INVALID_PARTITIONS, message);
  }
  const factor = replicationFactor === -1 ? context.settings.defaultReplicationFactor : replicationFactor;
  const count = numPartitions === -1 ? context.settings.defaultPartitions : numPartitions;
  const placed = placeReplicas(context.image, count, factor, context.random);
  const refuse = (problem: string) =>
    apiError(errorCode.INVALID_REPLICATION_FACTOR, `Unable to replicate the partition ${factor} time(s): ${problem}`);
  if ('problem' in placed) return refuse(placed.problem);
  const leaderless = placed.assignments.some((ids) => !ids.some((id) => isActive(context.image.broker(id))));
  if (leaderless) return refuse('All brokers are currently fenced or in controlled shutdown.');
  return placed.assignments;
}

function success(
  context: DecisionContext,
  topic: CreatableTopic,
  topicId: TopicId,
  assignments: readonly (readonly NodeId[])[],
): Result {
  const values = new Map<string, string>();
  for (const { name, value } of topic.configs) if (value !== null) values.set(name, value);
  return {
    name: topic.name,
    topicId,
    errorCode: 0,
    errorMessage: null,
    topicConfigErrorCode: 0,
    numPartitions: assignments.length,
    replicationFactor: assignments[0].length,
    configs: context.version < 5 ? null : context.configs.describeTopic(values, brokerLayers(context)),
  };
}

export function refuseCreateTopics(request: CreateTopicsRequest, code: number, message: string | null): Response {
  return response(request.topics.map(({ name }) => failure(name, apiError(code, message))));
}
