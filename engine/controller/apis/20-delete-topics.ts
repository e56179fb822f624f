import type { TopicId } from '../../base/brands.ts';
import { zeroUuid } from '../../base/brands.ts';
import type { TopicState } from '../../metadata/image/states.ts';
import { type MetadataRecord, recordKey } from '../../metadata/metadata-record.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { DeleteTopicsRequest } from '../../protocol/generated/delete-topics-request.js';
import type { DeletableTopicResult, DeleteTopicsResponse } from '../../protocol/generated/delete-topics-response.js';
import type { Init } from '../../protocol/types.ts';
import { type ApiError, apiError } from '../api-error.ts';
import { answer, type Decision, type DecisionContext, decide } from '../decision.ts';

type Response = Init<DeleteTopicsResponse>;
type Result = Init<DeletableTopicResult>;

interface Wanted {
  readonly name: string | null;
  readonly topicId: TopicId;
}

/** DeleteTopics: by name, and from version 6 on (KIP-516) by id. Refused items come last. */
export function deleteTopics(context: DecisionContext, request: DeleteTopicsRequest): Decision<Response> {
  const wanted: readonly Wanted[] =
    context.version >= 6
      ? request.topics.map(({ name, topicId }) => ({ name, topicId }))
      : request.topicNames.map((name) => ({ name, topicId: zeroUuid }));
  if (!context.settings.deleteTopicEnable) {
    const code = context.version < 3 ? errorCode.INVALID_REQUEST : errorCode.TOPIC_DELETION_DISABLED;
    return answer(response(wanted.map((item) => failure(item, apiError(code, 'Topic deletion is disabled.')))));
  }
  const counts = new Map<string, number>();
  for (const item of wanted) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  const records: MetadataRecord[] = [];
  const results: Result[] = [];
  const refused: Result[] = [];
  const answered = new Set<string>();
  const removed = new Set<TopicId>();
  for (const item of wanted) {
    const key = keyOf(item);
    const invalid = requestError(item, counts.get(key) !== 1);
    if (invalid !== null) {
      // Of several equal items one answer is enough: none of them was looked at.
      if (!answered.has(key)) refused.push(failure(item, invalid));
      answered.add(key);
      continue;
    }
    const found = find(context, item);
    if ('errorCode' in found) {
      results.push(failure(item, found));
      continue;
    }
    if (!removed.has(found.id)) records.push(removeRecord(found.id));
    removed.add(found.id);
    results.push({ name: found.name, topicId: found.id, errorCode: 0, errorMessage: null });
  }
  return decide(records, response([...results, ...refused]));
}

function removeRecord(topicId: TopicId): MetadataRecord {
  return { apiKey: recordKey.removeTopic, version: 0, message: { topicId } };
}

function keyOf({ name, topicId }: Wanted): string {
  return `${name === null ? '' : `=${name}`}/${topicId}`;
}

function requestError({ name, topicId }: Wanted, repeated: boolean): ApiError | null {
  const refuse = (message: string) => apiError(errorCode.INVALID_REQUEST, message);
  if (name === null && topicId === zeroUuid) return refuse('Neither topic name nor id were specified.');
  if (name !== null && topicId !== zeroUuid) return refuse('You may not specify both topic name and topic id.');
  if (repeated) return refuse(name === null ? 'Duplicate topic id.' : 'Duplicate topic name.');
  return null;
}

const unknownId = apiError(errorCode.UNKNOWN_TOPIC_ID, 'This server does not host this topic ID.');
const unknownName = apiError(errorCode.UNKNOWN_TOPIC_OR_PARTITION, 'This server does not host this topic-partition.');

function find(context: DecisionContext, { name, topicId }: Wanted): TopicState | ApiError {
  const topic = name === null ? context.image.topicById(topicId) : context.image.topicByName(name);
  if (topic !== undefined) return topic;
  return name === null ? unknownId : unknownName;
}

function failure({ name, topicId }: Wanted, { errorCode, errorMessage }: ApiError): Result {
  return { name, topicId, errorCode, errorMessage };
}

function response(responses: readonly Result[]): Response {
  return { throttleTimeMs: 0, responses };
}

/** Here items of old versions have a name only, and of new ones whichever the client gave. */
export function refuseDeleteTopics(request: DeleteTopicsRequest, code: number, message: string | null): Response {
  const byName = request.topicNames.map((name) => ({ name, topicId: zeroUuid }));
  return response([...request.topics, ...byName].map((item) => failure(item, apiError(code, message))));
}
