import { errorCode } from '../../protocol/errors.ts';
import type { HeartbeatRequest } from '../../protocol/generated/heartbeat-request.js';
import type { HeartbeatResponse } from '../../protocol/generated/heartbeat-response.js';
import type { Init } from '../../protocol/types.ts';
import { callGroup } from '../ask-groups.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/** Heartbeat, versions 0 to 4. Sessions begin when a group is loaded, so until then every one is taken. */
export function handleHeartbeat(
  request: HeartbeatRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<HeartbeatResponse>) => void,
): void {
  callGroup(services, context, request.groupId, { api: 'heartbeat', request }, (code, reply) => {
    respond(reply ?? { errorCode: code === errorCode.COORDINATOR_LOAD_IN_PROGRESS ? 0 : code });
  });
}
