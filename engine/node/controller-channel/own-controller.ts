import type { Logger } from '../../base/logger.ts';
import type { Controller, Respond } from '../../controller/controller.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import { describeQuorumApi } from '../quorum/describe-quorum.ts';
import type { MetadataLog } from '../quorum/metadata-log.ts';
import type { OwnController } from './channel-requests.ts';

/** What the listener of this process's controller would decide, and what its quorum answers. */
export function ownController(
  controller: Pick<Controller, 'isActive' | 'handle'>,
  quorum: Pick<MetadataLog, 'describeQuorum'>,
  logger: Logger,
  changeVoters?: (key: number, version: number, body: Uint8Array) => Promise<Uint8Array | null>,
): OwnController {
  const answeredBy = (answer: Promise<Uint8Array | null>, respond: Respond): void => {
    answer.then(respond, (error: unknown) => {
      logger.error({ err: error }, 'a request to the quorum failed');
      respond(null);
    });
  };
  return {
    isActive: () => controller.isActive,
    handle: (key, version, body, context, respond) => {
      if (key === apiKey.DescribeQuorum) answeredBy(describeQuorumApi(quorum, version, body), respond);
      else if (changesVoters(key) && changeVoters !== undefined) answeredBy(changeVoters(key, version, body), respond);
      else controller.handle(key, version, body, context, respond);
    },
  };
}

function changesVoters(key: number): boolean {
  return key === apiKey.AddRaftVoter || key === apiKey.RemoveRaftVoter;
}
