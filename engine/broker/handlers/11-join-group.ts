import type { JoinGroupRequest } from '../../protocol/generated/join-group-request.js';
import type { JoinGroupResponse } from '../../protocol/generated/join-group-response.js';
import type { Init } from '../../protocol/types.ts';
import { callGroupAndWait } from '../ask-groups.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * JoinGroup, versions 0 to 9: the classic protocol. The answer waits until the group has its next generation. From version
 * 4 a member without an id is given one first (MEMBER_ID_REQUIRED, KIP-394); instance ids from 5 (KIP-345); a leader that
 * starts anew need not assign from 9 (KIP-814).
 */
const nullProtocolSince = 7;

export function handleJoinGroup(
  request: JoinGroupRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<JoinGroupResponse>) => void,
): void {
  const { version, peer, clientId } = context;
  const caller = { clientId: clientId ?? '', clientHost: `/${peer.host}`, version };
  callGroupAndWait(services, context, request.groupId, { api: 'joinGroup', request, caller }, (code, reply) => {
    const response = reply ?? { errorCode: code, memberId: request.memberId, protocolName: null };
    const protocolName = response.protocolName ?? (version < nullProtocolSince ? '' : null);
    respond({ ...response, protocolName });
  });
}
