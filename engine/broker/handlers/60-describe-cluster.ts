import type { NodeId } from '../../base/brands.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { DescribeClusterRequest } from '../../protocol/generated/describe-cluster-request.js';
import type {
  DescribeClusterBroker,
  DescribeClusterResponse,
} from '../../protocol/generated/describe-cluster-response.js';
import type { Init } from '../../protocol/types.ts';
import { operationBits } from '../authorized-operations.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';
import { anyBroker, endpointOf } from '../topic-descriptions.ts';

/**
 * DescribeCluster, versions 0 to 2: the brokers by the listener that the client came by. From version 1 a client says
 * whether it wants brokers or controllers (KIP-919), and only a controller's listener answers for controllers; from 2
 * fenced brokers are listed when asked for (KIP-1073). As controller clients are told a live broker, for each passes on.
 */
const endpointType = { brokers: 1, controllers: 2 } as const;
/** The first version in which the client says whom it asks for, and in which codes of that exist. */
const endpointTypeSince = 1;

/** The controllers as the controller's listener tells of them. */
export interface ControllerView {
  readonly clusterId: string;
  /** -1 while there is none. */
  readonly leaderId: number;
  readonly controllers: readonly { readonly id: number; readonly endpoints: readonly ControllerEndpoint[] }[];
}

interface ControllerEndpoint {
  /** The listener. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

export function handleDescribeCluster(
  request: DescribeClusterRequest,
  context: Request,
  services: BrokerServices,
): Init<DescribeClusterResponse> {
  if (request.endpointType === endpointType.controllers) {
    const message = 'Controllers were asked for, and this is a listener of a broker.';
    return { errorCode: errorCode.MISMATCHED_ENDPOINT_TYPE, errorMessage: message };
  }
  if (request.endpointType !== endpointType.brokers) {
    const message = `There is no endpoint type ${request.endpointType}.`;
    return { errorCode: errorCode.UNSUPPORTED_ENDPOINT_TYPE, errorMessage: message };
  }
  const cluster = services.cluster();
  const brokers: Init<DescribeClusterBroker>[] = [];
  const alive: NodeId[] = [];
  for (const broker of cluster.brokers) {
    if (broker.fenced && !request.includeFencedBrokers) continue;
    const endpoint = endpointOf(broker, context.peer.listenerName);
    if (endpoint === undefined) continue;
    if (!broker.fenced) alive.push(broker.id);
    const { id: brokerId, rack, fenced } = broker;
    const described = { brokerId, host: endpoint.host, port: endpoint.port, rack };
    brokers.push(context.version >= 2 ? { ...described, isFenced: fenced } : described);
  }
  const response: Init<DescribeClusterResponse> = {
    clusterId: cluster.clusterId,
    controllerId: anyBroker(alive, services.random),
    brokers,
  };
  if (!request.includeClusterAuthorizedOperations) return response;
  return { ...response, clusterAuthorizedOperations: operationBits('cluster') };
}

/** The same on a controller's listener, which tells of the controllers that listen by the same name. */
export function handleDescribeControllers(
  request: DescribeClusterRequest,
  context: Request,
  view: ControllerView,
): Init<DescribeClusterResponse> {
  if (request.endpointType === endpointType.brokers) {
    const message = 'Brokers were asked for, and this is a listener of a controller.';
    const knowsCode = context.version >= endpointTypeSince;
    const code = knowsCode ? errorCode.MISMATCHED_ENDPOINT_TYPE : errorCode.INVALID_REQUEST;
    return { errorCode: code, errorMessage: message };
  }
  if (request.endpointType !== endpointType.controllers) {
    const message = `There is no endpoint type ${request.endpointType}.`;
    return { errorCode: errorCode.UNSUPPORTED_ENDPOINT_TYPE, errorMessage: message };
  }
  const brokers: Init<DescribeClusterBroker>[] = [];
  for (const { id, endpoints } of view.controllers) {
    const endpoint = endpoints.find(({ name }) => name === context.peer.listenerName);
    if (endpoint !== undefined) brokers.push({ brokerId: id, host: endpoint.host, port: endpoint.port });
  }
  return {
    endpointType: endpointType.controllers,
    clusterId: view.clusterId,
    controllerId: view.leaderId,
    brokers,
    ...(request.includeClusterAuthorizedOperations ? { clusterAuthorizedOperations: operationBits('cluster') } : {}),
  };
}
