import { type ApiHandler, decodedRow, forwardedRow, type Handler } from '../../broker/dispatch.ts';
import { answerUnsupportedApiVersions, handleApiVersions } from '../../broker/handlers/18-api-versions.ts';
import { handleDescribeConfigs } from '../../broker/handlers/32-describe-configs.ts';
import { type ControllerView, handleDescribeControllers } from '../../broker/handlers/60-describe-cluster.ts';
import type { HandlerTable } from '../../broker/handlers/table.ts';
import type { Request } from '../../broker/request.ts';
import { controllerApiKeys } from '../../controller/api-calls.ts';
import { type ApiRow, apiKey, apiRow } from '../../protocol/api-table.ts';
import type { Metrics } from '../metrics.ts';
import { describeQuorumApi } from '../quorum/describe-quorum.ts';
import { envelopeHandler } from './58-envelope.ts';
import { type ControllerServices, clusterOf, configSources } from './controller-services.ts';
import { raftRows } from './raft-rows.ts';
import { voterChangeRows } from './voter-change-rows.ts';

/**
 * Every API of the controller's listeners, in the finished versions of its messages. What is not here is not served
 * and not named by ApiVersions: what the controller does not decide yet (ACLs, quotas, SCRAM credentials, delegation
 * tokens).
 */
export function controllerTable(services: ControllerServices, metrics: Metrics): HandlerTable {
  const fail = (request: Request, error: unknown): void => {
    services.logger.error({ err: error, api: request.api.name }, 'a request to the controller failed unexpectedly');
    request.exchange.abort('a request failed unexpectedly');
  };
  const decoded = <Req, Res>(key: number, handle: Handler<Req, Res>): ApiHandler =>
    decodedRow<Req, Res>(
      row(key),
      (request, context, respond) =>
        handle(request, context, (response) => {
          metrics.countErrorsIn(key, response as object);
          respond(response);
        }),
      fail,
    );
  const cluster = { cluster: () => clusterOf(services), fail };
  const decide = (request: Request, answered: (body: Uint8Array | null) => void): void => {
    const { peer, clientId } = request;
    const from = { principal: peer.principal, clientId, listener: peer.listenerName, connection: peer };
    if (request.api.key === apiKey.BrokerHeartbeat) peer.onClose ??= () => services.controller.connectionLost(peer);
    services.controller.handle(request.api.key, request.version, bodyOf(request), from, answered);
  };
  const describeQuorum = (request: Request, answered: (body: Uint8Array | null) => void): void => {
    const body = bodyOf(request).slice();
    describeQuorumApi(services.log, request.version, body).then(answered, (error: unknown) => fail(request, error));
  };
  const rows: ApiHandler[] = [
    ...controllerApiKeys.map((key) => forwardedRow(row(key), decide)),
    forwardedRow(row(apiKey.DescribeQuorum), describeQuorum),
    ...voterChangeRows(services, row, fail),
    decoded(apiKey.DescribeConfigs, (request: Parameters<typeof handleDescribeConfigs>[0], context, respond) =>
      respond(handleDescribeConfigs(request, context, configSources(services))),
    ),
    decoded(apiKey.DescribeCluster, (request: Parameters<typeof handleDescribeControllers>[0], context, respond) =>
      respond(handleDescribeControllers(request, context, controllerView(services))),
    ),
  ];
  rows.push(envelopeHandler(row(apiKey.Envelope), [...rows], fail));
  rows.push(...raftRows(services.quorum, decoded));
  const apis: ApiRow[] = [...rows.map(({ api }) => api), row(apiKey.ApiVersions)];
  apis.sort((a, b) => a.key - b.key);
  rows.push(
    decoded(apiKey.ApiVersions, (request: Parameters<typeof handleApiVersions>[0], context, respond) =>
      respond(handleApiVersions(request, context, cluster, apis)),
    ),
  );
  return {
    rows,
    answerUnsupportedApiVersions: (request) => answerUnsupportedApiVersions(request, cluster, row(apiKey.ApiVersions)),
  };
}

function row(key: number): ApiRow {
  const found = apiRow(key);
  if (found === undefined) throw new Error(`there is no api with key ${key}`);
  return { ...found, minVersion: found.stableMinVersion, maxVersion: found.stableMaxVersion };
}

function bodyOf({ exchange, bodyStart }: Request): Uint8Array {
  return exchange.bytes.subarray(bodyStart, exchange.end);
}

function controllerView({ clusterId, log, image, config }: ControllerServices): ControllerView {
  const controllers = [...image.committed.controllers.values()].map(({ id, endpoints }) => ({ id, endpoints }));
  if (!controllers.some(({ id }) => id === config.nodeId)) {
    const own = config.advertisedControllerListeners.map(({ listener, host, port }) => ({
      name: listener,
      host,
      port,
    }));
    controllers.push({ id: config.nodeId, endpoints: own.map((one) => ({ ...one, securityProtocol: 0 })) });
  }
  controllers.sort((a, b) => a.id - b.id);
  return { clusterId, leaderId: log.leaderId(), controllers };
}
