import { errorCode } from '../../protocol/errors.ts';
import type { SyncGroupRequest } from '../../protocol/generated/sync-group-request.js';
import type { SyncGroupResponse } from '../../protocol/generated/sync-group-response.js';
import type { Init } from '../../protocol/types.ts';
import { callGroupAndWait } from '../ask-groups.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * SyncGroup, versions 0 to 5: a member's assignment, which the leader brings along and the others wait for. From version 5
 * protocol type and name have to be said (KIP-559).
 */
const protocolSince = 5;

export function handleSyncGroup(
  request: SyncGroupRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<SyncGroupResponse>) => void,
): void {
  const saysNothing = request.protocolType === null || request.protocolName === null;
  if (context.version >= protocolSince && saysNothing) {
    respond({ errorCode: errorCode.INCONSISTENT_GROUP_PROTOCOL });
    return;
  }
  callGroupAndWait(services, context, request.groupId, { api: 'syncGroup', request }, (code, reply) => {
    respond(reply ?? { errorCode: code });
  });
}
