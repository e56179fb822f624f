import { errorCode } from '../../protocol/errors.ts';
import type { ListGroupsRequest } from '../../protocol/generated/list-groups-request.js';
import type { ListedGroup, ListGroupsResponse } from '../../protocol/generated/list-groups-response.js';
import type { Init } from '../../protocol/types.ts';
import { callPartition, groupPartitionCount } from '../ask-groups.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/** ListGroups, versions 0 to 5: groups that this broker keeps, those in some states from version 4, of some types from 5. */
export function handleListGroups(
  request: ListGroupsRequest,
  context: Request,
  services: BrokerServices,
  respond: (response: Init<ListGroupsResponse>) => void,
): void {
  const { statesFilter, typesFilter } = request;
  const groups: Init<ListedGroup>[] = [];
  const count = groupPartitionCount(services);
  let failure = 0;
  let left = count + 1;
  const one = (): void => {
    left -= 1;
    if (left === 0) respond(failure === 0 ? { groups } : { errorCode: failure });
  };
  for (let partition = 0; partition < count; partition++) {
    callPartition(services, context, partition, { api: 'listGroups', statesFilter, typesFilter }, (code, reply) => {
      if (reply !== null) groups.push(...reply);
      // Other brokers keep the others.
      else if (code !== errorCode.NOT_COORDINATOR) failure ||= code;
      one();
    });
  }
  one();
}
