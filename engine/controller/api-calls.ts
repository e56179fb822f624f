import { apiRow } from '../protocol/api-table.ts';
import type { MessageCodec } from '../protocol/types.ts';
import type { Decision, DecisionContext } from './decision.ts';

/** One api of the controller: how it decides and what it answers when there is nothing to decide. */
export interface ApiCall {
  readonly apiKey: number;
  readonly request: MessageCodec;
  readonly response: MessageCodec;
  decide(context: DecisionContext, request: never): Decision<object>;
  /** The answer that refuses the request as a whole. */
  refuse(request: never, code: number, message: string | null, version: number): object;
  /** How long the client waits, in milliseconds; Infinity where it does not say. */
  timeoutMs(request: never): number;
}

type Call = Omit<ApiCall, 'apiKey' | 'request' | 'response'>;

const forEver = () => Number.POSITIVE_INFINITY;
const ownTimeout = (request: { readonly timeoutMs: number }) => request.timeoutMs;

/** Decisions and codecs are loaded when first asked for: a node that never sees an api does not pay for it. */
const calls: Readonly<Record<number, (() => Promise<Call>) | undefined>> = {
  19: async () => {
    const { createTopics, refuseCreateTopics } = await import('./apis/19-create-topics.ts');
    return { decide: createTopics, refuse: refuseCreateTopics, timeoutMs: ownTimeout };
  },
  20: async () => {
    const { deleteTopics, refuseDeleteTopics } = await import('./apis/20-delete-topics.ts');
    return { decide: deleteTopics, refuse: refuseDeleteTopics, timeoutMs: ownTimeout };
  },
  33: async () => {
    const { alterConfigs } = await import('./apis/33-alter-configs.ts');
    return { decide: alterConfigs, refuse: refuseResources, timeoutMs: forEver };
  },
  37: async () => {
    const { createPartitions, refuseCreatePartitions } = await import('./apis/37-create-partitions.ts');
    return { decide: createPartitions, refuse: refuseCreatePartitions, timeoutMs: ownTimeout };
  },
  43: async () => {
    const { electLeaders, refuseElectLeaders } = await import('./apis/43-elect-leaders.ts');
    return { decide: electLeaders, refuse: refuseElectLeaders, timeoutMs: ownTimeout };
  },
  44: async () => {
    const { incrementalAlterConfigs } = await import('./apis/44-incremental-alter-configs.ts');
    return { decide: incrementalAlterConfigs, refuse: refuseResources, timeoutMs: forEver };
  },
  45: async () => {
    const found = await import('./apis/45-alter-partition-reassignments.ts');
    return { decide: found.alterPartitionReassignments, refuse: found.refuseReassignments, timeoutMs: ownTimeout };
  },
  46: async () => {
    const { listPartitionReassignments } = await import('./apis/46-list-partition-reassignments.ts');
    return { decide: listPartitionReassignments, refuse: refuseWhole, timeoutMs: ownTimeout };
  },
  56: async () => {
    const { alterPartition } = await import('./apis/56-alter-partition.ts');
    return { decide: alterPartition, refuse: refuseWhole, timeoutMs: forEver };
  },
  57: async () => {
    const { updateFeatures } = await import('./apis/57-update-features.ts');
    return { decide: updateFeatures, refuse: refuseWhole, timeoutMs: ownTimeout };
  },
  62: async () => {
    const { registerBroker } = await import('./apis/62-broker-registration.ts');
    return { decide: registerBroker, refuse: refuseWhole, timeoutMs: forEver };
  },
  63: async () => {
    const { brokerHeartbeat } = await import('./apis/63-broker-heartbeat.ts');
    return { decide: brokerHeartbeat, refuse: refuseWhole, timeoutMs: forEver };
  },
  64: async () => {
    const { decideUnregisterBroker } = await import('./apis/64-unregister-broker.ts');
    return { decide: decideUnregisterBroker, refuse: refuseWhole, timeoutMs: forEver };
  },
  67: async () => {
    const { allocateProducerIds } = await import('./apis/67-allocate-producer-ids.ts');
    return { decide: allocateProducerIds, refuse: refuseWhole, timeoutMs: forEver };
  },
  70: async () => {
    const { registerController } = await import('./apis/70-controller-registration.ts');
    return { decide: registerController, refuse: refuseWhole, timeoutMs: forEver };
  },
  73: async () => {
    const { assignReplicasToDirs } = await import('./apis/73-assign-replicas-to-dirs.ts');
    return { decide: assignReplicasToDirs, refuse: refuseWhole, timeoutMs: forEver };
  },
};

/** The apis that the controller decides. */
export const controllerApiKeys: readonly number[] = Object.keys(calls).map(Number);

const loaded = new Map<number, ApiCall>();

/** The api if it is loaded already. */
export function loadedCall(apiKey: number): ApiCall | undefined {
  return loaded.get(apiKey);
}

/** Null for an api that the controller does not decide. */
export async function loadCall(apiKey: number): Promise<ApiCall | null> {
  const load = calls[apiKey];
  const row = apiRow(apiKey);
  if (load === undefined || row === undefined) return null;
  const [call, request, response] = await Promise.all([load(), row.loadRequest(), row.loadResponse()]);
  const complete: ApiCall = { ...call, apiKey, request, response };
  loaded.set(apiKey, complete);
  return complete;
}

/** Answers that have the code at the top. Fields that a version lacks are not written. */
function refuseWhole(_request: object, errorCode: number, errorMessage: string | null): object {
  return { throttleTimeMs: 0, errorCode, errorMessage };
}

interface Resources {
  readonly resources: readonly { readonly resourceType: number; readonly resourceName: string }[];
}

function refuseResources({ resources }: Resources, errorCode: number, errorMessage: string | null): object {
  const responses = resources.map(({ resourceType, resourceName }) => ({
    errorCode,
    errorMessage,
    resourceType,
    resourceName,
  }));
  return { throttleTimeMs: 0, responses };
}
