import { errorCode } from '#engine/protocol/errors.ts';
import { apiKey } from '#engine/protocol/generated/api-rows.js';
import { FuzzFailure } from './target.ts';

const codes = new Set<number>(Object.values(errorCode));

interface Suspect {
  readonly isolationLevel?: number;
  readonly topics?: readonly { readonly name?: string }[] | null;
  readonly resources?: readonly { readonly configs?: readonly { readonly configOperation?: number }[] }[];
}

/** Where Apache Kafka itself answers UNKNOWN_SERVER_ERROR, without a word, and so do we: why, in a request of this API. */
export function unknownErrorCause(key: number, request: object | undefined): string | undefined {
  const { isolationLevel, topics, resources } = (request ?? {}) as Suspect;
  const isRead = key === apiKey.Fetch || key === apiKey.ListOffsets;
  if (isRead && isolationLevel !== undefined && isolationLevel !== 0 && isolationLevel !== 1) {
    return 'an isolation level that there is not';
  }
  if (key === apiKey.DescribeTopicPartitions && topics?.some(({ name }) => name === '') === true) {
    return 'a topic without a name';
  }
  const operations = (resources ?? []).flatMap(({ configs = [] }) =>
    configs.map(({ configOperation = 0 }) => configOperation),
  );
  if (key === apiKey.IncrementalAlterConfigs && operations.some((operation) => operation < 0 || operation > 3)) {
    return 'an operation on a setting that there is not';
  }
  return undefined;
}

/** Error codes anywhere in an answer are Kafka's, and one that says "unknown" says what, or there is a known `cause`. */
export function checkErrorCodes(answer: unknown, what: string, cause: string | undefined): void {
  if (Array.isArray(answer)) {
    for (const one of answer) if (typeof one === 'object') checkErrorCodes(one, what, cause);
    return;
  }
  if (answer === null || typeof answer !== 'object' || answer instanceof Uint8Array) return;
  for (const [name, value] of Object.entries(answer)) {
    if (name === 'errorCode' || name === 'partitionErrorCode') checkCode(value as number, answer, what, cause);
    else if (typeof value === 'object') checkErrorCodes(value, what, cause);
  }
}

function checkCode(code: number, answer: object, what: string, cause: string | undefined): void {
  if (!codes.has(code)) throw new FuzzFailure(`${what}: ${code} is no error code of Kafka`);
  if (code !== errorCode.UNKNOWN_SERVER_ERROR || cause !== undefined) return;
  const { errorMessage } = answer as { errorMessage?: string | null };
  if (errorMessage === undefined || errorMessage === null || errorMessage === '') {
    throw new FuzzFailure(`${what}: UNKNOWN_SERVER_ERROR, and no word of why`);
  }
}
