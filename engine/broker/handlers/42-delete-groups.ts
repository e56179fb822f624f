import type { DeleteGroupsRequest } from '../../protocol/generated/delete-groups-request.js';
import type { DeletableGroupResult, DeleteGroupsResponse } from '../../protocol/generated/delete-groups-response.js';
import type { Init } from '../../protocol/types.ts';
import { callByPartition } from '../ask-groups.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/** DeleteGroups, versions 0 to 2: groups without members, and all of their offsets. A group named twice is answered once. */
export function handleDeleteGroups(
  request: DeleteGroupsRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<DeleteGroupsResponse>) => void,
): void {
  const results: Init<DeletableGroupResult>[] = [];
  callByPartition(
    services,
    context,
    new Set(request.groupsNames),
    (groupIds) => ({ api: 'deleteGroups', groupIds }) as const,
    (groupIds, code, reply) => {
      results.push(...(reply ?? groupIds.map((groupId) => ({ groupId, errorCode: code }))));
    },
    () => respond({ results }),
  );
}
