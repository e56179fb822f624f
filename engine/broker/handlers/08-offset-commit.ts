import { type TopicId, type TopicRow, zeroUuid } from '../../base/brands.ts';
import { errorCode } from '../../protocol/errors.ts';
import type {
  OffsetCommitRequest,
  OffsetCommitRequestPartition,
  OffsetCommitRequestTopic,
} from '../../protocol/generated/offset-commit-request.js';
import type {
  OffsetCommitResponse,
  OffsetCommitResponsePartition,
  OffsetCommitResponseTopic,
} from '../../protocol/generated/offset-commit-response.js';
import type { GroupReplies } from '../../protocol/group-calls.ts';
import type { Init } from '../../protocol/types.ts';
import { callGroup } from '../ask-groups.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * OffsetCommit, versions 2 to 10. Topics by id from version 10 (KIP-848). A partition that does not exist is refused, and
 * the others are committed; what is wrong with member, generation or group is said of each.
 */
const topicIdsSince = 10;

/** A topic of the request: what of it is committed, and what is answered. */
interface Wanted {
  readonly asked: OffsetCommitRequestTopic;
  readonly name: string;
  readonly topicId: TopicId;
  readonly known: OffsetCommitRequestPartition[];
  readonly answered: Init<OffsetCommitResponsePartition>[];
}

export function handleOffsetCommit(
  request: OffsetCommitRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<OffsetCommitResponse>) => void,
): void {
  const { version } = context;
  const wanted = request.topics.map((topic) => lookUp(topic, version, services));
  const committed = wanted.filter(({ known }) => known.length > 0);
  const answer = (): void => respond({ topics: wanted.map((one) => answerOf(one, version)) });
  if (committed.length === 0) {
    answer();
    return;
  }
  const topics = committed.map(({ asked, name, topicId, known }) => ({ ...asked, name, topicId, partitions: known }));
  const call = { api: 'offsetCommit', request: { ...request, topics }, version } as const;
  callGroup(services, context, request.groupId, call, (code, reply) => {
    committed.forEach((one, index) => {
      one.answered.push(...codesOf(one, code, reply, index));
    });
    answer();
  });
}

function lookUp(asked: OffsetCommitRequestTopic, version: number, services: BrokerServices): Wanted {
  const { topics } = services;
  const byId = version >= topicIdsSince;
  const row: TopicRow = byId ? topics.findByIdUuid(asked.topicId) : topics.findByNameString(asked.name);
  const name = row < 0 ? asked.name : topics.nameOf(row);
  const wanted: Wanted = { asked, name, topicId: row < 0 ? zeroUuid : topics.idOf(row), known: [], answered: [] };
  const missing = byId && row < 0 ? errorCode.UNKNOWN_TOPIC_ID : errorCode.UNKNOWN_TOPIC_OR_PARTITION;
  for (const partition of asked.partitions) {
    const { partitionIndex } = partition;
    if (row >= 0 && topics.partitionRow(row, partitionIndex) >= 0) wanted.known.push(partition);
    else wanted.answered.push({ partitionIndex, errorCode: missing });
  }
  return wanted;
}

function codesOf(
  { known }: Wanted,
  code: number,
  reply: GroupReplies['offsetCommit'] | null,
  index: number,
): readonly Init<OffsetCommitResponsePartition>[] {
  if (reply !== null) return reply.topics?.[index]?.partitions ?? [];
  return known.map(({ partitionIndex }) => ({ partitionIndex, errorCode: code }));
}

function answerOf({ asked, answered }: Wanted, version: number): Init<OffsetCommitResponseTopic> {
  const { name, topicId } = asked;
  return version >= topicIdsSince ? { topicId, partitions: answered } : { name, partitions: answered };
}
