import type { MetadataRecord } from '../../metadata/metadata-record.ts';
import { errorCode } from '../../protocol/errors.ts';
import type { AlterConfigsRequest, AlterConfigsResource } from '../../protocol/generated/alter-configs-request.js';
import type { AlterConfigsResponse } from '../../protocol/generated/alter-configs-response.js';
import type { Init } from '../../protocol/types.ts';
import { type ApiError, apiError, isError, noError } from '../api-error.ts';
import { repeatedResources, replaceConfigs, resourceProblem } from '../config-changes.ts';
import type { Decision, DecisionContext } from '../decision.ts';
import { duplicateKeys, notOnce } from './44-incremental-alter-configs.ts';

type Response = Init<AlterConfigsResponse>;

/** AlterConfigs: what a resource has and the request does not name is taken away. */
export function alterConfigs(context: DecisionContext, request: AlterConfigsRequest): Decision<Response> {
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

function alter(context: DecisionContext, resource: AlterConfigsResource): readonly MetadataRecord[] | ApiError {
  const id = { type: resource.resourceType, name: resource.resourceName };
  const wanted = new Map<string, string>();
  for (const { name, value } of resource.configs) {
    if (wanted.has(name)) return duplicateKeys;
    if (value === null) return apiError(errorCode.INVALID_REQUEST, `Null value not supported for : ${name}`);
    wanted.set(name, value);
  }
  return resourceProblem(context, id) ?? replaceConfigs(context, id, wanted);
}
