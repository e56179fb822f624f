import { errorCode } from '../protocol/errors.ts';
import type { GroupCall, GroupReplies } from '../protocol/group-calls.ts';
import { placeOf } from './ask-owners.ts';
import { offsetsTopic } from './group-questions.ts';
import type { Request } from './request.ts';
import type { BrokerServices } from './services.ts';

/** The partition that a group is kept in: by Java's hash of its id, as every broker of a cluster reckons. */
export function partitionOfGroup(groupId: string, partitionCount: number): number {
  let hash = 0;
  for (let i = 0; i < groupId.length; i++) hash = (Math.imul(hash, 31) + groupId.charCodeAt(i)) | 0;
  return (hash & 0x7fffffff) % partitionCount;
}

/** Partitions of the offsets topic; 0 while there is no such topic. */
export function groupPartitionCount(services: BrokerServices): number {
  const topicRow = services.topics.findByNameString(offsetsTopic);
  return topicRow < 0 ? 0 : services.topics.partitionCountOf(topicRow);
}

/** Code 0 comes with a reply. */
export type GroupsAnswered<A extends GroupCall['api']> = (errorCode: number, reply: GroupReplies[A] | null) => void;

/** Calls the groups of a partition. What `answered` throws fails the request alone. */
export function callPartition<C extends GroupCall>(
  services: BrokerServices,
  request: Request,
  partition: number,
  call: C,
  answered: GroupsAnswered<C['api']>,
): { cancel(): void } | undefined {
  const guarded: typeof answered = (code, reply) => {
    try {
      answered(code, reply);
    } catch (error) {
      services.fail(request, error);
    }
  };
  const place = placeOf(services, services.topics.findByNameString(offsetsTopic), partition);
  if (typeof place === 'number') {
    guarded(errorCode.NOT_COORDINATOR, null);
    return undefined;
  }
  const { owner, row, topicGeneration } = place;
  return services.askGroups(owner, { kind: 'groups', row, topicGeneration, call }, (answer) => {
    // What a shard that died had recorded is not known: the client asks again, whoever keeps the group by then.
    if (answer === undefined) guarded(errorCode.COORDINATOR_NOT_AVAILABLE, null);
    else guarded(answer.errorCode, answer.reply as GroupReplies[C['api']] | null);
  });
}

/** Calls the machine that keeps a group. */
export function callGroup<C extends GroupCall>(
  services: BrokerServices,
  request: Request,
  groupId: string,
  call: C,
  answered: GroupsAnswered<C['api']>,
): { cancel(): void } | undefined {
  const count = groupPartitionCount(services);
  const partition = count === 0 ? -1 : partitionOfGroup(groupId, count);
  return callPartition(services, request, partition, call, answered);
}

/**
 * The same for what may wait long: the request's bytes are given back meanwhile, and when the connection is gone nobody
 * waits any longer.
 */
export function callGroupAndWait<C extends GroupCall>(
  services: BrokerServices,
  request: Request,
  groupId: string,
  call: C,
  answered: GroupsAnswered<C['api']>,
): void {
  const { peer, exchange } = request;
  let isAnswered = false;
  const asked = callGroup(services, request, groupId, call, (code, reply) => {
    isAnswered = true;
    peer.onClose = undefined;
    answered(code, reply);
  });
  if (isAnswered) return;
  peer.onClose = () => asked?.cancel();
  exchange.releaseRequest();
}

/** Calls several partitions at once, each about the groups of it that are asked for; `done` when all have answered. */
export function callByPartition<C extends GroupCall>(
  services: BrokerServices,
  request: Request,
  groupIds: Iterable<string>,
  callOf: (groupIds: readonly string[]) => C,
  answered: (groupIds: readonly string[], errorCode: number, reply: GroupReplies[C['api']] | null) => void,
  done: () => void,
): void {
  const count = groupPartitionCount(services);
  const byPartition = Map.groupBy(groupIds, (id) => (count === 0 ? -1 : partitionOfGroup(id, count)));
  let left = byPartition.size + 1;
  const one = (): void => {
    left -= 1;
    if (left === 0) done();
  };
  for (const [partition, ids] of byPartition) {
    callPartition(services, request, partition, callOf(ids), (code, reply) => {
      answered(ids, code, reply);
      one();
    });
  }
  one();
}
