import { resourceType } from '../../metadata/image/states.ts';
import type { MetadataRecord } from '../../metadata/metadata-record.ts';
import { errorCode } from '../../protocol/errors.ts';
import type {
  AlterConfigsResource,
  IncrementalAlterConfigsRequest,
} from '../../protocol/generated/incremental-alter-configs-request.js';
import type { IncrementalAlterConfigsResponse } from '../../protocol/generated/incremental-alter-configs-response.js';
import type { Init } from '../../protocol/types.ts';
import { type ApiError, apiError, isError, noError } from '../api-error.ts';
import { changeConfigs, nodeProblem, repeatedResources, resourceProblem } from '../config-changes.ts';
import type { Decision, DecisionContext } from '../decision.ts';

type Response = Init<IncrementalAlterConfigsResponse>;

/** IncrementalAlterConfigs (KIP-339). Resources succeed and fail one by one. */
export function incrementalAlterConfigs(
  context: DecisionContext,
  request: IncrementalAlterConfigsRequest,
): Decision<Response> {
  const repeated = repeatedResources(request.resources);
  const records: MetadataRecord[] = [];
  const responses = request.resources.map((resource) => {
    const changed = repeated.has(resource) ? notOnce : alter(context, resource);
    if (!isError(changed)) for (const record of changed) records.push(record);
    const { errorCode, errorMessage } = isError(changed) ? changed : noError;
    const { resourceType, resourceName } = resource;
    return { errorCode, errorMessage, resourceType, resourceName };
  });
  return { records: request.validateOnly ? [] : records, atomic: false, response: { throttleTimeMs: 0, responses } };
}

export const notOnce = apiError(errorCode.INVALID_REQUEST, 'Each resource must appear at most once.');
export const duplicateKeys = apiError(errorCode.INVALID_REQUEST, 'Error due to duplicate config keys');

function alter(context: DecisionContext, resource: AlterConfigsResource): readonly MetadataRecord[] | ApiError {
  const id = { type: resource.resourceType, name: resource.resourceName };
  if (new Set(resource.configs.map(({ name }) => name)).size !== resource.configs.length) return duplicateKeys;
  if (id.type === resourceType.brokerLogger) return alterLoggers(context, resource);
  const problem = resourceProblem(context, id);
  if (problem !== null) return problem;
  const changes = resource.configs.map(({ name, configOperation: operation, value }) => ({ name, operation, value }));
  return changeConfigs(context, id, changes, false);
}

/** The node has no loggers by name, so none of those that the client names exists. */
function alterLoggers(context: DecisionContext, resource: AlterConfigsResource): readonly MetadataRecord[] | ApiError {
  const problem = nodeProblem(context, resource.resourceName);
  if (problem !== null || resource.configs.length === 0) return problem ?? [];
  return apiError(errorCode.INVALID_CONFIG, `Logger ${resource.configs[0].name} does not exist!`);
}
