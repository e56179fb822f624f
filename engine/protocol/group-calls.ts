/** What is asked of the thread that keeps a group: the messages of the group APIs, a group or a partition at a time. */

import type { DeletableGroupResult } from './generated/delete-groups-response.js';
import type { DescribedGroup } from './generated/describe-groups-response.js';
import type { HeartbeatRequest } from './generated/heartbeat-request.js';
import type { HeartbeatResponse } from './generated/heartbeat-response.js';
import type { JoinGroupRequest } from './generated/join-group-request.js';
import type { JoinGroupResponse } from './generated/join-group-response.js';
import type { LeaveGroupRequest } from './generated/leave-group-request.js';
import type { LeaveGroupResponse } from './generated/leave-group-response.js';
import type { ListedGroup } from './generated/list-groups-response.js';
import type { OffsetCommitRequest } from './generated/offset-commit-request.js';
import type { OffsetCommitResponse } from './generated/offset-commit-response.js';
import type { OffsetDeleteRequest } from './generated/offset-delete-request.js';
import type { OffsetDeleteResponse } from './generated/offset-delete-response.js';
import type { OffsetFetchRequestGroup } from './generated/offset-fetch-request.js';
import type { OffsetFetchResponseGroup } from './generated/offset-fetch-response.js';
import type { SyncGroupRequest } from './generated/sync-group-request.js';
import type { SyncGroupResponse } from './generated/sync-group-response.js';
import type { Init } from './types.ts';

/** Who calls, and in which version of the API. */
export interface GroupCaller {
  readonly clientId: string;
  /** As members are described: an address with a slash in front. */
  readonly clientHost: string;
  readonly version: number;
}

export type GroupCall =
  | { readonly api: 'joinGroup'; readonly request: JoinGroupRequest; readonly caller: GroupCaller }
  | { readonly api: 'syncGroup'; readonly request: SyncGroupRequest }
  | { readonly api: 'heartbeat'; readonly request: HeartbeatRequest }
  | { readonly api: 'leaveGroup'; readonly request: LeaveGroupRequest }
  /** Topics by name, in every version, with the ids that they have; `version` decides between error codes. */
  | { readonly api: 'offsetCommit'; readonly request: OffsetCommitRequest; readonly version: number }
  | { readonly api: 'offsetFetch'; readonly request: OffsetFetchRequestGroup; readonly requireStable: boolean }
  | { readonly api: 'offsetDelete'; readonly request: OffsetDeleteRequest }
  | { readonly api: 'describeGroups'; readonly groupIds: readonly string[] }
  | { readonly api: 'listGroups'; readonly statesFilter: readonly string[]; readonly typesFilter: readonly string[] }
  | { readonly api: 'deleteGroups'; readonly groupIds: readonly string[] };

export type GroupApi = GroupCall['api'];

/** What each call is answered with. */
export interface GroupReplies {
  readonly joinGroup: Init<JoinGroupResponse>;
  readonly syncGroup: Init<SyncGroupResponse>;
  readonly heartbeat: Init<HeartbeatResponse>;
  readonly leaveGroup: Init<LeaveGroupResponse>;
  readonly offsetCommit: Init<OffsetCommitResponse>;
  readonly offsetFetch: Init<OffsetFetchResponseGroup>;
  readonly offsetDelete: Init<OffsetDeleteResponse>;
  readonly describeGroups: readonly Init<DescribedGroup>[];
  readonly listGroups: readonly Init<ListedGroup>[];
  readonly deleteGroups: readonly Init<DeletableGroupResult>[];
}

export type GroupReply = GroupReplies[GroupApi];
