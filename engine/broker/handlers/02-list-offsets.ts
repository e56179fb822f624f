import { errorCode } from '../../protocol/errors.ts';
import type { ListOffsetsPartition, ListOffsetsRequest } from '../../protocol/generated/list-offsets-request.js';
import type {
  ListOffsetsPartitionResponse,
  ListOffsetsResponse,
} from '../../protocol/generated/list-offsets-response.js';
import type { Init } from '../../protocol/types.ts';
import { askOwners, type OwnerItem, placeOf } from '../ask-owners.ts';
import type { ListOffsetsAnswer, ListOffsetsItem } from '../partition-questions.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * ListOffsets, versions 1 to 11. A timestamp, or a named place: latest (-1), earliest (-2), greatest timestamp (-3,
 * from version 7), earliest that is local (-4, from 8), latest in tiered storage (-5, from 9), earliest that is not
 * there yet (-6, from 11); a place that the version doesn't have is UNSUPPORTED_VERSION for its partition. A partition
 * that is named twice is answered once, with INVALID_REQUEST.
 *
 * A follower is told where the log ends, a consumer what is committed; while a leader just elected does not know how far
 * that is, OFFSET_NOT_AVAILABLE (before version 5 LEADER_NOT_AVAILABLE).
 *
 * Left out: `timeoutMs` (from 10) bounds reads of tiered storage, which there is none of.
 */
const isolation = { readUncommitted: 0, readCommitted: 1 } as const;

/** The version from which each named place may be asked for. */
const placesSince: ReadonlyMap<bigint, number> = new Map([
  [-1n, 0],
  [-2n, 0],
  [-3n, 7],
  [-4n, 8],
  [-5n, 9],
  [-6n, 11],
]);

type PartitionAnswer = Init<ListOffsetsPartitionResponse>;

export function handleListOffsets(
  request: ListOffsetsRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<ListOffsetsResponse>) => void,
): void {
  const { isolationLevel } = request;
  const items: OwnerItem<ListOffsetsItem, ListOffsetsAnswer>[] = [];
  const answers = new Map<string, Map<number, PartitionAnswer>>();
  const isolationIsKnown = isolationLevel === isolation.readUncommitted || isolationLevel === isolation.readCommitted;
  for (const [name, partitions] of withoutRepetition(request)) {
    const answered = new Map<number, PartitionAnswer>();
    answers.set(name, answered);
    const topicRow = services.topics.findByNameString(name);
    for (const [index, asked] of partitions) {
      const code = isolationIsKnown ? checkTimestamp(asked, context.version) : errorCode.UNKNOWN_SERVER_ERROR;
      const place = code === 0 ? placeOf(services, topicRow, index) : code;
      if (typeof place === 'number') {
        answered.set(index, { partitionIndex: index, errorCode: place });
        continue;
      }
      // Its place in the answer is taken now, so that it lists the partitions in the order of the request.
      answered.set(index, { partitionIndex: index });
      items.push({
        owner: place.owner,
        item: {
          row: place.row,
          topicGeneration: place.topicGeneration,
          currentLeaderEpoch: asked!.currentLeaderEpoch,
          timestampMs: Number(asked!.timestamp),
        },
        answered: (answer) => answered.set(index, answerOf(index, answer, context.version)),
      });
    }
  }
  askOwners(services, context, {
    items,
    ask: (some) => ({
      kind: 'listOffsets',
      items: some,
      readCommitted: isolationLevel === isolation.readCommitted,
      isOfFollower: request.replicaId >= 0,
    }),
    done: () =>
      respond({ topics: [...answers].map(([name, answered]) => ({ name, partitions: [...answered.values()] })) }),
  });
}

/** The partitions asked for by topic, each once; null for one that was named more than once. */
function withoutRepetition(request: ListOffsetsRequest): Map<string, Map<number, ListOffsetsPartition | null>> {
  const topics = new Map<string, Map<number, ListOffsetsPartition | null>>();
  for (const { name, partitions } of request.topics) {
    if (partitions.length === 0) continue;
    const known = topics.get(name) ?? new Map<number, ListOffsetsPartition | null>();
    topics.set(name, known);
    for (const asked of partitions) known.set(asked.partitionIndex, known.has(asked.partitionIndex) ? null : asked);
  }
  return topics;
}

function checkTimestamp(asked: ListOffsetsPartition | null, version: number): number {
  if (asked === null) return errorCode.INVALID_REQUEST;
  if (asked.timestamp >= 0n) return 0;
  const since = placesSince.get(asked.timestamp);
  return since !== undefined && version >= since ? 0 : errorCode.UNSUPPORTED_VERSION;
}

/** Epochs were added in version 4. A shard that died may have had the leadership: the client asks for metadata again. */
function answerOf(partitionIndex: number, answer: ListOffsetsAnswer | undefined, version: number): PartitionAnswer {
  if (answer === undefined) return { partitionIndex, errorCode: errorCode.NOT_LEADER_OR_FOLLOWER };
  const isUnavailable = answer.errorCode === errorCode.OFFSET_NOT_AVAILABLE && version < 5;
  const common = {
    partitionIndex,
    errorCode: isUnavailable ? errorCode.LEADER_NOT_AVAILABLE : answer.errorCode,
    timestamp: BigInt(answer.timestampMs),
    offset: BigInt(answer.offset),
  };
  return version >= 4 ? { ...common, leaderEpoch: answer.leaderEpoch } : common;
}
