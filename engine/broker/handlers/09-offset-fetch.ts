import { type TopicId, zeroUuid } from '../../base/brands.ts';
import { errorCode } from '../../protocol/errors.ts';
import type {
  OffsetFetchRequest,
  OffsetFetchRequestGroup,
  OffsetFetchRequestTopics,
} from '../../protocol/generated/offset-fetch-request.js';
import type {
  OffsetFetchResponse,
  OffsetFetchResponseGroup,
  OffsetFetchResponsePartitions,
  OffsetFetchResponseTopics,
} from '../../protocol/generated/offset-fetch-response.js';
import type { Init } from '../../protocol/types.ts';
import { callGroup } from '../ask-groups.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * OffsetFetch, versions 1 to 10: of some partitions, from version 2 of all that have an offset; of several groups from 8
 * (KIP-709), topics by id from 10. With `requireStable` (from 7) a partition that an open transaction may still change is
 * UNSTABLE_OFFSET_COMMIT. Member id and epoch (from 9) are of groups that are not served here, and mean nothing.
 */
const groupErrorSince = 2;
const severalSince = 8;
const topicIdsSince = 10;

export function handleOffsetFetch(
  request: OffsetFetchRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<OffsetFetchResponse>) => void,
): void {
  const { version } = context;
  const groups = version >= severalSince ? request.groups : [onlyGroup(request)];
  const answers: Init<OffsetFetchResponseGroup>[] = new Array(groups.length);
  let left = groups.length + 1;
  const one = (): void => {
    left -= 1;
    if (left > 0) return;
    respond(version >= severalSince ? { groups: answers } : inOldForm(answers[0]!, groups[0]!, version));
  };
  groups.forEach((group, index) => {
    fetchGroup(group, request.requireStable, context, services, (answer) => {
      answers[index] = answer;
      one();
    });
  });
  one();
}

function onlyGroup({ groupId, topics, unknownTaggedFields }: OffsetFetchRequest): OffsetFetchRequestGroup {
  const named = topics?.map((topic) => ({ ...topic, topicId: zeroUuid })) ?? null;
  return { groupId, memberId: null, memberEpoch: -1, topics: named, unknownTaggedFields };
}

function fetchGroup(
  group: OffsetFetchRequestGroup,
  requireStable: boolean,
  context: Request,
  services: BrokerServices,
  answered: (answer: Init<OffsetFetchResponseGroup>) => void,
): void {
  const byId = context.version >= topicIdsSince;
  const { groupId } = group;
  const known: OffsetFetchRequestTopics[] = [];
  const unknown: OffsetFetchRequestTopics[] = [];
  for (const topic of group.topics ?? []) {
    const row = byId ? services.topics.findByIdUuid(topic.topicId) : -1;
    if (!byId) known.push(topic);
    else if (row < 0) unknown.push(topic);
    else known.push({ ...topic, name: services.topics.nameOf(row) });
  }
  const request = { ...group, topics: group.topics === null ? null : known };
  callGroup(services, context, groupId, { api: 'offsetFetch', request, requireStable }, (code, reply) => {
    if (reply === null) {
      answered({ groupId, errorCode: code });
      return;
    }
    const topics = byId ? withIds(reply.topics ?? [], services) : withoutIds(reply.topics ?? []);
    answered({ ...reply, topics: [...topics, ...unknown.map(unknownTopic)] });
  });
}

/** Topics that were deleted meanwhile can't be named by an id. */
function withIds(
  topics: readonly Init<OffsetFetchResponseTopics>[],
  services: BrokerServices,
): Init<OffsetFetchResponseTopics>[] {
  const named: Init<OffsetFetchResponseTopics>[] = [];
  for (const { name = '', topicId: asked = zeroUuid, partitions } of topics) {
    const topicId: TopicId = asked === zeroUuid ? idOf(name, services) : asked;
    if (topicId !== zeroUuid) named.push({ topicId, partitions });
  }
  return named;
}

function idOf(name: string, { topics }: BrokerServices): TopicId {
  const row = topics.findByNameString(name);
  return row < 0 ? zeroUuid : topics.idOf(row);
}

function withoutIds(topics: readonly Init<OffsetFetchResponseTopics>[]): Init<OffsetFetchResponseTopics>[] {
  return topics.map(({ name, partitions }) => ({ name, partitions }));
}

function unknownTopic({ topicId, partitionIndexes }: OffsetFetchRequestTopics): Init<OffsetFetchResponseTopics> {
  const partitions = partitionIndexes.map((index) => noOffset(index, errorCode.UNKNOWN_TOPIC_ID));
  return { topicId, partitions };
}

function noOffset(partitionIndex: number, code: number): Init<OffsetFetchResponsePartitions> {
  return { partitionIndex, committedOffset: -1n, metadata: '', errorCode: code };
}

/** Before version 2 what is wrong with a group is said of each of its partitions. */
function inOldForm(
  answer: Init<OffsetFetchResponseGroup>,
  group: OffsetFetchRequestGroup,
  version: number,
): Init<OffsetFetchResponse> {
  const { topics = [], errorCode: code = 0 } = answer;
  if (code === 0) return { topics };
  if (version >= groupErrorSince) return { errorCode: code };
  const asked = group.topics ?? [];
  return {
    topics: asked.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((index) => noOffset(index, code)),
    })),
  };
}
