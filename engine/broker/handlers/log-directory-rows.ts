import { apiKey } from '../../protocol/generated/api-rows.js';
import type { ApiHandler, Handler } from '../dispatch.ts';
import type { BrokerServices } from '../services.ts';
import { handleAlterReplicaLogDirs } from './34-alter-replica-log-dirs.ts';
import { handleDescribeLogDirs } from './35-describe-log-dirs.ts';

/** Log directories: what lies in them, and moves between them. */
export function logDirectoryRows(
  services: BrokerServices,
  decoded: <Req, Res>(key: number, handle: Handler<Req, Res>) => ApiHandler,
): ApiHandler[] {
  return [
    decoded(apiKey.AlterReplicaLogDirs, (request: Parameters<typeof handleAlterReplicaLogDirs>[0], context, respond) =>
      handleAlterReplicaLogDirs(request, context, services, respond),
    ),
    decoded(apiKey.DescribeLogDirs, (request: Parameters<typeof handleDescribeLogDirs>[0], context, respond) =>
      handleDescribeLogDirs(request, context, services, respond),
    ),
  ];
}
