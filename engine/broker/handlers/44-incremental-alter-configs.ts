import { errorCode } from '../../protocol/errors.ts';
import { nullWhereBroken } from '../../protocol/null-where-broken.ts';
import { Reader } from '../../protocol/reader.ts';
import type { MessageCodec } from '../../protocol/types.ts';
import { Writer } from '../../protocol/writer.ts';
import { configResourceType } from '../config-resource-types.ts';
import { type ApiHandler, forwardedRow } from '../dispatch.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * AlterConfigs, versions 0 to 2, and IncrementalAlterConfigs, 0 and 1: the controller decides, but for what only the
 * broker itself could do. Configs of a broker are changed by way of that broker, so those of another are refused here;
 * loggers are the broker's own, and it has none by name.
 */
interface Resource {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configs: readonly { readonly name: string }[];
}

interface AlterRequest {
  readonly resources: readonly Resource[];
}

interface Result {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly resourceType: number;
  readonly resourceName: string;
}

export function alterConfigsHandler(api: ApiHandler['api'], services: BrokerServices): ApiHandler {
  return forwardedRow(api, (request, answered) => {
    alter(request, services).then(answered, (error: unknown) => services.fail(request, error));
  });
}

/** The body of the answer; null: the request cannot be read. */
async function alter(request: Request, services: BrokerServices): Promise<Uint8Array | null> {
  const { api, version, exchange, bodyStart } = request;
  const [requests, responses] = await Promise.all([api.loadRequest(), api.loadResponse()]);
  const asked = decoded<AlterRequest>(requests, exchange.bytes.subarray(bodyStart, exchange.end), version);
  if (asked === null) return null;
  const forward = (body?: Uint8Array): Promise<Uint8Array | null> =>
    new Promise((resolve) => services.forward(request, resolve, body));
  const isOfLoggers = api.name === 'IncrementalAlterConfigs';
  const own = new Map<Resource, Result>();
  for (const resource of asked.resources) {
    const result = decideHere(resource, asked.resources, services.nodeId, isOfLoggers);
    if (result !== null) own.set(resource, result);
  }
  if (own.size === 0) return forward();
  const resources = asked.resources.filter((resource) => !own.has(resource));
  let results: readonly Result[] = [];
  if (resources.length > 0) {
    const answer = await forward(encoded(requests, { ...asked, resources }, version));
    const response = answer === null ? null : decoded<{ responses: readonly Result[] }>(responses, answer, version);
    if (response === null) return null;
    results = response.responses;
  }
  return encoded(responses, { responses: inOrder(asked.resources, own, results) }, version);
}

/** The answers in the order of the request, whatever order the controller gave. */
function inOrder(
  resources: readonly Resource[],
  own: ReadonlyMap<Resource, Result>,
  results: readonly Result[],
): Result[] {
  const left = [...results];
  const ordered: Result[] = [];
  for (const resource of resources) {
    const here = own.get(resource);
    const at = left.findIndex((result) => isSame(result, resource));
    if (here !== undefined) ordered.push(here);
    else if (at >= 0) ordered.push(...left.splice(at, 1));
  }
  return ordered;
}

/** Null for what the controller decides. */
function decideHere(resource: Resource, all: readonly Resource[], nodeId: number, isOfLoggers: boolean): Result | null {
  const { resourceType, resourceName, configs } = resource;
  const isLogger = isOfLoggers && resourceType === configResourceType.brokerLogger;
  const isBroker = resourceType === configResourceType.broker && resourceName !== '';
  if (!isLogger && !isBroker) return null;
  const problem = nodeProblem(resourceName, nodeId);
  if (!isLogger && problem === null) return null;
  const result = (code: number, errorMessage: string | null): Result => ({
    errorCode: code,
    errorMessage,
    resourceType,
    resourceName,
  });
  if (all.filter((other) => isSame(other, resource)).length > 1) {
    return result(errorCode.INVALID_REQUEST, 'Each resource must appear at most once.');
  }
  if (new Set(configs.map(({ name }) => name)).size !== configs.length) {
    return result(errorCode.INVALID_REQUEST, 'Error due to duplicate config keys');
  }
  if (problem !== null) return result(errorCode.INVALID_REQUEST, problem);
  const [first] = configs;
  if (first === undefined) return result(errorCode.NONE, null);
  return result(errorCode.INVALID_CONFIG, `Logger ${first.name} does not exist!`);
}

function nodeProblem(name: string, nodeId: number): string | null {
  if (!/^[+-]?[0-9]{1,10}$/.test(name)) return `Node id must be an integer, but it is: ${name}`;
  return Number(name) === nodeId ? null : `Unexpected broker id, expected ${nodeId}, but received ${name}`;
}

type Named = Pick<Resource, 'resourceType' | 'resourceName'>;

function isSame(a: Named, b: Named): boolean {
  return a.resourceType === b.resourceType && a.resourceName === b.resourceName;
}

function decoded<T>(codec: MessageCodec, bytes: Uint8Array, version: number): T | null {
  return nullWhereBroken(() => codec.decode(new Reader(bytes), version) as T);
}

function encoded(codec: MessageCodec, message: object, version: number): Uint8Array {
  const writer = new Writer();
  codec.encode(writer, message, version);
  return writer.toBytes();
}
