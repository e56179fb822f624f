import type { LeaveGroupRequest } from '../../protocol/generated/leave-group-request.js';
import type { LeaveGroupResponse } from '../../protocol/generated/leave-group-response.js';
import type { Init } from '../../protocol/types.ts';
import { callGroup } from '../ask-groups.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/** LeaveGroup, versions 0 to 5: of one member, and from version 3 of several, by id or by instance id alone. */
const severalSince = 3;

export function handleLeaveGroup(
  request: LeaveGroupRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<LeaveGroupResponse>) => void,
): void {
  const isOfOne = context.version < severalSince;
  callGroup(
    services,
    context,
    request.groupId,
    { api: 'leaveGroup', request: inOneForm(request, isOfOne) },
    (code, reply) => {
      const response = reply ?? { errorCode: code };
      // There the member's code is the request's.
      if (isOfOne) respond({ errorCode: response.errorCode || (response.members?.[0]?.errorCode ?? 0) });
      else respond(response);
    },
  );
}

function inOneForm(request: LeaveGroupRequest, isOfOne: boolean): LeaveGroupRequest {
  if (!isOfOne) return request;
  const { memberId, unknownTaggedFields } = request;
  return { ...request, members: [{ memberId, groupInstanceId: null, reason: null, unknownTaggedFields }] };
}
