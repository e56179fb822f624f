import { errorCode } from '../../protocol/errors.ts';
import type { UnregisterBrokerRequest } from '../../protocol/generated/unregister-broker-request.js';
import type { UnregisterBrokerResponse } from '../../protocol/generated/unregister-broker-response.js';
import type { Init } from '../../protocol/types.ts';
import { unregisterBroker } from '../broker-lifecycle.ts';
import { answer, type Decision, type DecisionContext } from '../decision.ts';
import { PartitionChanger } from '../partition-changer.ts';

type Response = Init<UnregisterBrokerResponse>;

/** UnregisterBroker (KIP-631): the broker is forgotten; one that lives will have to register anew. */
export function decideUnregisterBroker(
  context: DecisionContext,
  { brokerId }: UnregisterBrokerRequest,
): Decision<Response> {
  const broker = context.image.broker(brokerId);
  if (broker === undefined) {
    const errorMessage = `Broker ID ${brokerId} is not currently registered`;
    return answer({ throttleTimeMs: 0, errorCode: errorCode.BROKER_ID_NOT_REGISTERED, errorMessage });
  }
  const changer = new PartitionChanger(context);
  unregisterBroker(changer, broker);
  const response = { throttleTimeMs: 0, errorCode: 0, errorMessage: '' };
  return { records: changer.records, atomic: false, response };
}
