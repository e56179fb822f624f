import type { Request } from '../../broker/request.ts';
import type { InternalTopic } from '../../broker/services.ts';
import { errorCode } from '../../protocol/errors.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import type { CreateTopicsRequest } from '../../protocol/generated/create-topics-request.js';
import type { CreateTopicsResponse } from '../../protocol/generated/create-topics-response.js';
import { Reader } from '../../protocol/reader.ts';
import type { Init } from '../../protocol/types.ts';
import { Writer } from '../../protocol/writer.ts';
import { type Forwarder, originOf } from './forwarder.ts';

const createTopicsVersion = 7;
/** How long a client's Metadata request waits for topics that it makes come into being. */
const creationTimeoutMs = 30_000;

/** Creates topics with the broker's defaults (partition count and replication factor -1) on a client's behalf. */
export async function createTopicsFor(
  names: readonly string[],
  request: Request,
  forwarder: Forwarder,
): Promise<ReadonlyMap<string, number>> {
  const topics = names.map((name) => ({ name, numPartitions: -1, replicationFactor: -1 }));
  const response = await create(topics, request, forwarder);
  return new Map(response.topics.map((topic) => [topic.name, clientCode(topic.errorCode)]));
}

/** Creates a topic of the broker's own, because of a client's request; answers the error code, 0 where it is there. */
export async function createInternalTopic(
  topic: InternalTopic,
  request: Request,
  forwarder: Forwarder,
): Promise<number> {
  const [result] = (await create([topic], request, forwarder)).topics;
  const code = result?.errorCode ?? errorCode.UNKNOWN_SERVER_ERROR;
  return code === errorCode.TOPIC_ALREADY_EXISTS ? 0 : code;
}

async function create(
  topics: Init<CreateTopicsRequest>['topics'],
  request: Request,
  forwarder: Forwarder,
): Promise<CreateTopicsResponse> {
  const [{ encodeCreateTopicsRequest }, { decodeCreateTopicsResponse }] = await Promise.all([
    import('../../protocol/generated/create-topics-request.js'),
    import('../../protocol/generated/create-topics-response.js'),
  ]);
  const writer = new Writer();
  encodeCreateTopicsRequest(writer, { topics, timeoutMs: creationTimeoutMs }, createTopicsVersion);
  return new Promise((resolve, reject) => {
    forwarder.send(apiKey.CreateTopics, createTopicsVersion, originOf(request), writer.toBytes(), (answer) => {
      try {
        if (answer === null) throw new Error('the controller could not read a CreateTopics request');
        resolve(decodeCreateTopicsResponse(new Reader(answer), createTopicsVersion));
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** What a client that only asked for metadata is told. */
function clientCode(code: number): number {
  switch (code) {
    case errorCode.NONE:
    case errorCode.TOPIC_ALREADY_EXISTS:
      return errorCode.UNKNOWN_TOPIC_OR_PARTITION;
    case errorCode.INVALID_TOPIC_EXCEPTION:
    case errorCode.INVALID_REPLICATION_FACTOR:
    case errorCode.TOPIC_AUTHORIZATION_FAILED:
      return code;
    default:
      return errorCode.UNKNOWN_TOPIC_OR_PARTITION;
  }
}
