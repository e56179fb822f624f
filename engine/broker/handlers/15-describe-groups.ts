import { errorCode } from '../../protocol/errors.ts';
import type { DescribeGroupsRequest } from '../../protocol/generated/describe-groups-request.js';
import type { DescribedGroup, DescribeGroupsResponse } from '../../protocol/generated/describe-groups-response.js';
import type { Init } from '../../protocol/types.ts';
import { callByPartition } from '../ask-groups.ts';
import { operationBits } from '../authorized-operations.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/** DescribeGroups, versions 0 to 6. A group that is not there is dead, and from version 6 GROUP_ID_NOT_FOUND (KIP-1043). */
const missingSince = 6;

export function handleDescribeGroups(
  request: DescribeGroupsRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<DescribeGroupsResponse>) => void,
): void {
  const described = new Map<string, Init<DescribedGroup>>();
  const { groups, includeAuthorizedOperations } = request;
  callByPartition(
    services,
    context,
    new Set(groups),
    (groupIds) => ({ api: 'describeGroups', groupIds }) as const,
    (groupIds, code, reply) => {
      groupIds.forEach((groupId, index) => {
        const group = reply?.[index] ?? { groupId, errorCode: code };
        described.set(groupId, inVersion(group, context.version, includeAuthorizedOperations));
      });
    },
    () => respond({ groups: groups.map((groupId) => described.get(groupId)!) }),
  );
}

function inVersion(group: Init<DescribedGroup>, version: number, withOperations: boolean): Init<DescribedGroup> {
  const { groupId, errorCode: code = 0 } = group;
  const isMissing = code === errorCode.GROUP_ID_NOT_FOUND;
  if (isMissing && version >= missingSince) return { ...group, errorMessage: `Group ${groupId} not found.` };
  const told = isMissing ? { ...group, errorCode: 0 } : group;
  const isTold = told.errorCode === undefined || told.errorCode === 0;
  return withOperations && isTold ? { ...told, authorizedOperations: operationBits('group') } : told;
}
