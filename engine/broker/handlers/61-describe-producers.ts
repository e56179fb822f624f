import type { PartitionRow } from '../../base/brands.ts';
import { limits } from '../../base/limits.ts';
import { topicNameProblem } from '../../metadata/topic-names.ts';
import { errorCode, errorMessage } from '../../protocol/errors.ts';
import type { DescribeProducersRequest } from '../../protocol/generated/describe-producers-request.js';
import type {
  DescribeProducersResponse,
  PartitionResponse,
  ProducerState,
} from '../../protocol/generated/describe-producers-response.js';
import type { Init } from '../../protocol/types.ts';
import { askOwners, type OwnerItem, type PartitionPlace, placeOf } from '../ask-owners.ts';
import type { ProducerDescription, ProducersAnswer, ProducersItem } from '../partition-questions.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * DescribeProducers, version 0 (KIP-664): the producers that a partition's leader knows, in no particular order. A
 * partition with many of them is asked about in pieces; a producer that comes or goes in between may be missed.
 */
interface Described {
  readonly partitionIndex: number;
  errorCode: number;
  errorMessage: string | null;
  activeProducers: Init<ProducerState>[];
}

interface Asked {
  readonly place: PartitionPlace;
  readonly into: Described;
}

export function handleDescribeProducers(
  request: DescribeProducersRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<DescribeProducersResponse>) => void,
): void {
  const asked = new Map<PartitionRow, Asked>();
  const again: { into: Described; first: Described }[] = [];
  const topics = request.topics.map(({ name, partitionIndexes }) => {
    const topicRow = services.topics.findByNameString(name);
    const problem = topicProblem(name, topicRow);
    const partitions = partitionIndexes.map((partitionIndex): Init<PartitionResponse> => {
      const into: Described = { partitionIndex, errorCode: 0, errorMessage: null, activeProducers: [] };
      if (problem !== null) return Object.assign(into, problem);
      const place = placeOf(services, topicRow, partitionIndex);
      const known = typeof place === 'number' ? undefined : asked.get(place.row);
      if (typeof place === 'number') into.errorCode = place;
      else if (known === undefined) asked.set(place.row, { place, into });
      else again.push({ into, first: known.into });
      return into;
    });
    return { name, partitions };
  });
  askFrom(services, context, [...asked.values()], 0, () => {
    repeat(again);
    respond({ topics });
  });
}

/** A partition that is named again is answered again, but few bytes a time do not get all its producers each time. */
function repeat(again: readonly { into: Described; first: Described }[]): void {
  let left: number = limits.producersRepeated;
  for (const { into, first } of again) {
    left -= first.activeProducers.length;
    if (left < 0) {
      into.errorCode = errorCode.INVALID_REQUEST;
      into.errorMessage = 'The partition is named too often.';
    } else {
      into.errorCode = first.errorCode;
      into.activeProducers = first.activeProducers;
    }
  }
}

function topicProblem(name: string, topicRow: number): { errorCode: number; errorMessage: string } | null {
  if (topicRow >= 0) return null;
  const problem = topicNameProblem(name);
  if (problem !== null) {
    return { errorCode: errorCode.INVALID_TOPIC_EXCEPTION, errorMessage: `Topic name is invalid: ${problem}` };
  }
  const code = errorCode.UNKNOWN_TOPIC_OR_PARTITION;
  return { errorCode: code, errorMessage: errorMessage(code) };
}

/** Asks for the producers after the first `skip` of each partition, and goes on with those that have more. */
function askFrom(
  services: BrokerServices,
  context: Request,
  asked: readonly Asked[],
  skip: number,
  done: () => void,
): void {
  const unfinished: Asked[] = [];
  const items = asked.map((one): OwnerItem<ProducersItem, ProducersAnswer> => {
    const { place, into } = one;
    return {
      owner: place.owner,
      item: { row: place.row, topicGeneration: place.topicGeneration, skip },
      answered: (answer) => {
        if (answer === undefined || answer.errorCode !== 0) {
          into.errorCode = answer?.errorCode ?? errorCode.NOT_LEADER_OR_FOLLOWER;
          into.activeProducers = [];
          return;
        }
        for (const producer of answer.producers) into.activeProducers.push(stateOf(producer));
        if (answer.producers.length >= limits.producersPerAnswer) unfinished.push(one);
      },
    };
  });
  askOwners(services, context, {
    items,
    itemsPerMessage: 1,
    ask: (some) => ({ kind: 'producers', items: some }),
    done: () => {
      if (unfinished.length === 0) done();
      else askFrom(services, context, unfinished, skip + limits.producersPerAnswer, done);
    },
  });
}

function stateOf(producer: ProducerDescription): Init<ProducerState> {
  return {
    producerId: BigInt(producer.producerId),
    producerEpoch: producer.producerEpoch,
    lastSequence: producer.lastSequence,
    lastTimestamp: BigInt(producer.lastTimestampMs),
    coordinatorEpoch: producer.coordinatorEpoch,
    currentTxnStartOffset: BigInt(producer.currentTxnStartOffset),
  };
}
