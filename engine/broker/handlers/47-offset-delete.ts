import { errorCode } from '../../protocol/errors.ts';
import type { OffsetDeleteRequest } from '../../protocol/generated/offset-delete-request.js';
import type {
  OffsetDeleteResponse,
  OffsetDeleteResponsePartition,
} from '../../protocol/generated/offset-delete-response.js';
import type { Init } from '../../protocol/types.ts';
import { callGroup } from '../ask-groups.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/** OffsetDelete, version 0 (KIP-496): offsets of topics that no member of the group is subscribed to. */
type PartitionAnswer = Init<OffsetDeleteResponsePartition>;

export function handleOffsetDelete(
  request: OffsetDeleteRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<OffsetDeleteResponse>) => void,
): void {
  const answers = new Map<string, PartitionAnswer[]>();
  const topics = request.topics.map((topic) => {
    const answered = answers.get(topic.name) ?? [];
    answers.set(topic.name, answered);
    const row = services.topics.findByNameString(topic.name);
    const exists = (index: number): boolean => row >= 0 && services.topics.partitionRow(row, index) >= 0;
    for (const { partitionIndex } of topic.partitions) {
      if (!exists(partitionIndex)) answered.push({ partitionIndex, errorCode: errorCode.UNKNOWN_TOPIC_OR_PARTITION });
    }
    return { ...topic, partitions: topic.partitions.filter(({ partitionIndex }) => exists(partitionIndex)) };
  });
  const known = topics.filter(({ partitions }) => partitions.length > 0);
  const call = { api: 'offsetDelete', request: { ...request, topics: known } } as const;
  callGroup(services, context, request.groupId, call, (code, reply) => {
    const failure = reply?.errorCode ?? code;
    if (failure !== 0) {
      respond({ errorCode: failure });
      return;
    }
    for (const { name = '', partitions = [] } of reply?.topics ?? []) answers.get(name)?.push(...partitions);
    respond({ topics: [...answers].map(([name, partitions]) => ({ name, partitions })) });
  });
}
