import { resourceKey, resourceType } from '../metadata/image/states.ts';
import type { MetadataRecord } from '../metadata/metadata-record.ts';
import { errorCode } from '../protocol/errors.ts';
import { type ApiError, apiError, isError } from './api-error.ts';
import { brokerLayers, type DecisionContext } from './decision.ts';
import { controllerLimits } from './limits.ts';
import { clearElrRecord, configRecord } from './records.ts';

/** Operations of IncrementalAlterConfigs (KIP-339). */
export const configOperation = { set: 0, delete: 1, append: 2, subtract: 3 } as const;

export interface ConfigChange {
  readonly name: string;
  readonly operation: number;
  readonly value: string | null;
}

export interface ConfigResourceId {
  readonly type: number;
  readonly name: string;
}

const elrFeature = 'eligible.leader.replicas.version';
const minInsyncReplicas = 'min.insync.replicas';

/**
 * The records that make a resource's configs what `changes` want, or why not. `creating`: the topic does not exist yet,
 * so it has no configs to start from.
 */
export function changeConfigs(
  context: DecisionContext,
  resource: ConfigResourceId,
  changes: readonly ConfigChange[],
  creating: boolean,
): readonly MetadataRecord[] | ApiError {
  const existing = creating ? new Map<string, string>() : context.image.configs(resource.type, resource.name);
  const values = new Map(existing);
  const touched: string[] = [];
  for (const change of changes) {
    const error = applyChange(context, resource.type, change, values);
    if (error !== null) return error;
    touched.push(change.name);
  }
  return recordsFor(context, resource, existing, values, touched);
}

/** The same for AlterConfigs: `wanted` is all that the resource is to have. */
export function replaceConfigs(
  context: DecisionContext,
  resource: ConfigResourceId,
  wanted: ReadonlyMap<string, string>,
): readonly MetadataRecord[] | ApiError {
  const existing = context.image.configs(resource.type, resource.name);
  const gone = [...existing.keys()].filter((key) => !wanted.has(key));
  return recordsFor(context, resource, existing, wanted, [...wanted.keys(), ...gone]);
}

function applyChange(
  context: DecisionContext,
  type: number,
  change: ConfigChange,
  values: Map<string, string>,
): ApiError | null {
  const { name, operation, value } = change;
  if (operation < configOperation.set || operation > configOperation.subtract) {
    return apiError(errorCode.UNKNOWN_SERVER_ERROR, null);
  }
  const applied = context.configs.apply(type, name, values.get(name), operation, value);
  if (isError(applied)) return applied;
  if (applied.value === null) values.delete(name);
  else values.set(name, applied.value);
  return null;
}

function recordsFor(
  context: DecisionContext,
  resource: ConfigResourceId,
  existing: ReadonlyMap<string, string>,
  values: ReadonlyMap<string, string>,
  touched: readonly string[],
): readonly MetadataRecord[] | ApiError {
  const records: MetadataRecord[] = [];
  let clearsElr = false;
  const elr = context.image.featureLevel(elrFeature) > 0;
  for (const name of new Set(touched)) {
    const before = existing.get(name) ?? null;
    const after = values.get(name) ?? null;
    if (elr && name === minInsyncReplicas) {
      const problem = minInsyncProblem(resource, after);
      if (problem !== null) return apiError(errorCode.INVALID_CONFIG, problem);
    }
    if (before === after) continue;
    if (after !== null && after.length > controllerLimits.configValueLength) return tooLong;
    records.push(configRecord(resource.type, resource.name, name, after));
    clearsElr ||= elr && name === minInsyncReplicas;
  }
  const layers = brokerLayers(context, resource.type === resourceType.broker ? resource.name : '');
  const problem = context.configs.validate(resource.type, resource.name, values, layers);
  if (problem !== null) return problem;
  if (clearsElr) records.push(clearElrRecord(resource.name));
  return records;
}

const tooLong = apiError(
  errorCode.INVALID_CONFIG,
  `The configuration value cannot be added because it exceeds the maximum value size of ${controllerLimits.configValueLength} bytes.`,
);

/** With ELR on, the cluster's default decides who may lead, so it has to be there and to be the only one (KIP-966). */
function minInsyncProblem(resource: ConfigResourceId, after: string | null): string | null {
  if (resource.type !== resourceType.broker) return null;
  if (resource.name !== '') return 'Broker-level min.insync.replicas cannot be altered while ELR is enabled.';
  return after === null ? 'Cluster-level min.insync.replicas cannot be removed while ELR is enabled.' : null;
}

/** Whether the resource may have configs at all. */
export function resourceProblem(context: DecisionContext, { type, name }: ConfigResourceId): ApiError | null {
  switch (type) {
    case resourceType.topic:
      if (name === '') return apiError(errorCode.INVALID_REQUEST, 'Default topic resources are not allowed.');
      if (context.image.topicByName(name) !== undefined) return null;
      return apiError(errorCode.UNKNOWN_TOPIC_OR_PARTITION, `The topic '${name}' does not exist.`);
    case resourceType.broker:
      return name === '' ? null : brokerProblem(context, name);
    case resourceType.group:
      if (name !== '') return null;
      return apiError(errorCode.INVALID_REQUEST, 'Default group resources are not allowed.');
    case resourceType.clientMetrics:
      if (name !== '') return null;
      return apiError(errorCode.INVALID_REQUEST, 'Default client metrics resources are not allowed.');
    default:
      return apiError(errorCode.INVALID_REQUEST, `Unknown resource type ${type}`);
  }
}

/** The broker that passed the change on has seen to it that it is its own: here it only has to exist. */
function brokerProblem({ image, settings }: DecisionContext, name: string): ApiError | null {
  if (!/^[+-]?[0-9]{1,10}$/.test(name)) {
    return apiError(errorCode.INVALID_REQUEST, 'Unable to parse broker name as a base 10 number.');
  }
  const id = Number(name);
  if (id < 0) return apiError(errorCode.INVALID_REQUEST, 'Invalid negative broker ID.');
  const isController = id === settings.nodeId || [...image.controllers()].some(([one]) => one === id);
  if (isController || image.broker(id) !== undefined) return null;
  return apiError(errorCode.BROKER_ID_NOT_REGISTERED, `No node with id ${name} found.`);
}

/** Loggers are those of the node that is asked. */
export function nodeProblem(context: DecisionContext, name: string): ApiError | null {
  if (!/^[+-]?[0-9]{1,10}$/.test(name)) {
    return apiError(errorCode.INVALID_REQUEST, `Node id must be an integer, but it is: ${name}`);
  }
  const own = context.settings.nodeId;
  if (Number(name) === own) return null;
  return apiError(errorCode.INVALID_REQUEST, `Unexpected broker id, expected ${own}, but received ${name}`);
}

/** The resources that a request names more than once. */
export function repeatedResources<R extends { readonly resourceType: number; readonly resourceName: string }>(
  resources: readonly R[],
): ReadonlySet<R> {
  const byKey = new Map<string, R[]>();
  for (const resource of resources) {
    const key = resourceKey(resource.resourceType, resource.resourceName);
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [resource]);
    else same.push(resource);
  }
  return new Set([...byKey.values()].filter((same) => same.length > 1).flat());
}
