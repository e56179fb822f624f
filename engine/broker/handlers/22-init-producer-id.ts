import { errorCode } from '../../protocol/errors.ts';
import type { InitProducerIdRequest } from '../../protocol/generated/init-producer-id-request.js';
import type { InitProducerIdResponse } from '../../protocol/generated/init-producer-id-response.js';
import type { Init } from '../../protocol/types.ts';
import type { BrokerServices } from '../services.ts';

/**
 * InitProducerId, versions 0 to 5. Idempotent producers (no transactional id) get an id of their own and epoch 0; an id
 * and epoch that they bring along (from version 3) are not bumped but replaced.
 *
 * Left out: transactions. No broker coordinates any yet, so a transactional id gets NOT_COORDINATOR, after the checks
 * that every broker makes.
 */
const none = { id: -1n, epoch: -1 } as const;

export function handleInitProducerId(
  request: InitProducerIdRequest,
  services: BrokerServices,
  respond: (response: Init<InitProducerIdResponse>) => void,
): void {
  const code = refusal(request, services);
  if (code !== 0) {
    respond({ errorCode: code, producerEpoch: none.epoch });
    return;
  }
  services.producerIds.take((failure, producerId) => {
    respond({ errorCode: failure, producerId, producerEpoch: failure === 0 ? 0 : none.epoch });
  });
}

function refusal(request: InitProducerIdRequest, services: BrokerServices): number {
  const { transactionalId, transactionTimeoutMs, producerId, producerEpoch } = request;
  if ((producerId === none.id) !== (producerEpoch === none.epoch)) return errorCode.INVALID_REQUEST;
  if (transactionalId === null) return 0;
  if (transactionalId === '') return errorCode.INVALID_REQUEST;
  const mostMs = services.config().values.number('transaction.max.timeout.ms');
  if (transactionTimeoutMs <= 0 || transactionTimeoutMs > mostMs) return errorCode.INVALID_TRANSACTION_TIMEOUT;
  return errorCode.NOT_COORDINATOR;
}
