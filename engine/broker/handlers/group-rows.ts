import { apiKey } from '../../protocol/generated/api-rows.js';
import type { ApiHandler, Handler } from '../dispatch.ts';
import type { BrokerServices } from '../services.ts';
import { handleOffsetCommit } from './08-offset-commit.ts';
import { handleOffsetFetch } from './09-offset-fetch.ts';
import { handleFindCoordinator } from './10-find-coordinator.ts';
import { handleJoinGroup } from './11-join-group.ts';
import { handleHeartbeat } from './12-heartbeat.ts';
import { handleLeaveGroup } from './13-leave-group.ts';
import { handleSyncGroup } from './14-sync-group.ts';
import { handleDescribeGroups } from './15-describe-groups.ts';
import { handleListGroups } from './16-list-groups.ts';
import { handleDeleteGroups } from './42-delete-groups.ts';
import { handleOffsetDelete } from './47-offset-delete.ts';

/** The APIs of groups: coordinators, members, offsets and administration. */
export function groupRows(
  services: BrokerServices,
  decoded: <Req, Res>(key: number, handle: Handler<Req, Res>, overlaps?: boolean) => ApiHandler,
): ApiHandler[] {
  return [
    // Commits that a client sends one after the other are written in that order, for a group's go the same way.
    decoded(
      apiKey.OffsetCommit,
      (request: Parameters<typeof handleOffsetCommit>[0], context, respond) =>
        handleOffsetCommit(request, context, services, respond),
      true,
    ),
    decoded(apiKey.OffsetFetch, (request: Parameters<typeof handleOffsetFetch>[0], context, respond) =>
      handleOffsetFetch(request, context, services, respond),
    ),
    decoded(apiKey.FindCoordinator, (request: Parameters<typeof handleFindCoordinator>[0], context, respond) =>
      handleFindCoordinator(request, context, services, respond),
    ),
    decoded(apiKey.JoinGroup, (request: Parameters<typeof handleJoinGroup>[0], context, respond) =>
      handleJoinGroup(request, context, services, respond),
    ),
    decoded(apiKey.Heartbeat, (request: Parameters<typeof handleHeartbeat>[0], context, respond) =>
      handleHeartbeat(request, context, services, respond),
    ),
    decoded(apiKey.LeaveGroup, (request: Parameters<typeof handleLeaveGroup>[0], context, respond) =>
      handleLeaveGroup(request, context, services, respond),
    ),
    decoded(apiKey.SyncGroup, (request: Parameters<typeof handleSyncGroup>[0], context, respond) =>
      handleSyncGroup(request, context, services, respond),
    ),
    decoded(apiKey.DescribeGroups, (request: Parameters<typeof handleDescribeGroups>[0], context, respond) =>
      handleDescribeGroups(request, context, services, respond),
    ),
    decoded(apiKey.ListGroups, (request: Parameters<typeof handleListGroups>[0], context, respond) =>
      handleListGroups(request, context, services, respond),
    ),
    decoded(apiKey.DeleteGroups, (request: Parameters<typeof handleDeleteGroups>[0], context, respond) =>
      handleDeleteGroups(request, context, services, respond),
    ),
    decoded(apiKey.OffsetDelete, (request: Parameters<typeof handleOffsetDelete>[0], context, respond) =>
      handleOffsetDelete(request, context, services, respond),
    ),
  ];
}
