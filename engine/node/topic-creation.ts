import type { Request } from '../broker/request.ts';
import { errorCode } from '../protocol/errors.ts';
import { apiKey } from '../protocol/generated/api-rows.js';
import { Reader } from '../protocol/reader.ts';
import { Writer } from '../protocol/writer.ts';
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
  const [{ encodeCreateTopicsRequest }, { decodeCreateTopicsResponse }] = await Promise.all([
    import('../protocol/generated/create-topics-request.js'),
    import('../protocol/generated/create-topics-response.js'),
  ]);
  const writer = new Writer();
  const topics = names.map((name) => ({ name, numPartitions: -1, replicationFactor: -1 }));
  encodeCreateTopicsRequest(writer, { topics, timeoutMs: creationTimeoutMs }, createTopicsVersion);
  return new Promise((resolve, reject) => {
    forwarder.send(apiKey.CreateTopics, createTopicsVersion, originOf(request), writer.toBytes(), (answer) => {
      try {
        if (answer === null) throw new Error('the controller could not read a CreateTopics request');
        const response = decodeCreateTopicsResponse(new Reader(answer), createTopicsVersion);
        resolve(new Map(response.topics.map((topic) => [topic.name, clientCode(topic.errorCode)])));
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
