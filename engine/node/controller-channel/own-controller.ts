import type { Logger } from '../../base/logger.ts';
import type { Controller } from '../../controller/controller.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import { describeQuorumApi } from '../describe-quorum.ts';
import type { MetadataLog } from '../metadata-log.ts';
import type { OwnController } from './channel-requests.ts';

/** What the listener of this process's controller would decide, and what its quorum answers. */
export function ownController(
  controller: Pick<Controller, 'isActive' | 'handle'>,
  quorum: Pick<MetadataLog, 'describeQuorum'>,
  logger: Logger,
): OwnController {
  return {
    isActive: () => controller.isActive,
    handle: (key, version, body, context, respond) => {
      if (key !== apiKey.DescribeQuorum) {
        controller.handle(key, version, body, context, respond);
        return;
      }
      describeQuorumApi(quorum, version, body).then(respond, (error: unknown) => {
        logger.error({ err: error }, 'DescribeQuorum failed');
        respond(null);
      });
    },
  };
}
