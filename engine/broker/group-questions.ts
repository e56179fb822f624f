import type { PartitionRow } from '../base/brands.ts';
import type { GroupApi, GroupCall, GroupReplies } from '../protocol/group-calls.ts';

/** The topic whose partitions keep groups and their offsets. */
export const offsetsTopic = '__consumer_offsets';

/** A call to the groups of one partition; plain data, for it may cross threads. */
export interface GroupQuestion {
  readonly kind: 'groups';
  readonly row: PartitionRow;
  readonly topicGeneration: number;
  readonly call: GroupCall;
}

/** `errorCode` not 0: the groups were not asked, for the reason that it says. */
export type GroupAnswer<A extends GroupApi = GroupApi> =
  | { readonly errorCode: 0; readonly reply: GroupReplies[A] }
  | { readonly errorCode: number; readonly reply: null };
