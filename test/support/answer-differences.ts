/** Brings answers of two brokers to a form in which only what should be equal is left. */

export interface NodeFacts {
  readonly port: number;
  readonly logDirectory: string;
  /** From ids of topics to their names. */
  readonly topicNames: ReadonlyMap<string, string>;
}

/** Fields whose values are a matter of the machine, the clock or chance: what is kept is whether there is one. */
const accidental = new Set([
  'clusterId',
  'totalBytes',
  'usableBytes',
  'finalizedFeaturesEpoch',
  'errorMessage',
  'batchIndexErrorMessage',
]);
/** Texts of our own. */
const ownWords = new Set(['documentation']);
/** What lists are sorted by: their order is no part of an answer. */
const identities = [
  'name',
  'topic',
  'topicId',
  'resourceName',
  'resourceType',
  'partitionIndex',
  'partition',
  'index',
  'apiKey',
];

export function comparable(answer: unknown, facts: NodeFacts): unknown {
  if (Array.isArray(answer)) return sorted(answer.map((one) => comparable(one, facts)));
  if (answer instanceof Uint8Array) return Buffer.from(answer).toString('hex');
  if (typeof answer === 'bigint') return `${answer}n`;
  if (typeof answer === 'string') return comparableText(answer, facts);
  if (typeof answer !== 'object' || answer === null) return answer;
  const kept: [string, unknown][] = [];
  for (const [field, value] of Object.entries(answer)) {
    if (field === 'unknownTaggedFields') continue;
    kept.push([field, comparableField(field, value, facts)]);
  }
  return Object.fromEntries(kept);
}

function comparableField(field: string, value: unknown, facts: NodeFacts): unknown {
  if (field === 'port' && value === facts.port) return '<port>';
  if (field === 'sessionId') return value === 0 ? 0 : '<session>';
  if (field === 'responses' && Array.isArray(value)) return comparable(merged(value), facts);
  // Null or an empty list: both mean that there are none.
  if (field === 'abortedTransactions') return value === null ? [] : comparable(value, facts);
  if (accidental.has(field) || ownWords.has(field))
    return value === null || value === '' || value === -1n ? null : '<some>';
  return comparable(value, facts);
}

/** A topic may come up more than once in a list of responses: errors of partitions first, or last. */
function merged(responses: readonly Record<string, unknown>[]): unknown[] {
  const topics = new Map<string, Record<string, unknown>>();
  for (const response of responses) {
    const key = `${response.topic}/${response.topicId}/${response.name}`;
    const known = topics.get(key);
    const joined = { ...response };
    for (const [field, value] of Object.entries(known ?? {})) {
      if (Array.isArray(value)) joined[field] = [...value, ...(response[field] as unknown[])];
    }
    topics.set(key, joined);
  }
  return [...topics.values()];
}

function comparableText(text: string, facts: NodeFacts): string {
  return (
    facts.topicNames.get(text) ??
    text.replaceAll(facts.logDirectory, '<log.dirs>').replaceAll(String(facts.port), '<port>')
  );
}

function sorted(list: readonly unknown[]): unknown[] {
  const keyOf = (value: unknown): string => {
    if (typeof value !== 'object' || value === null) return '';
    const fields = value as Record<string, unknown>;
    return identities.map((field) => String(fields[field] ?? '')).join('\u0000');
  };
  return list
    .map((value) => ({ value, key: keyOf(value) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ value }) => value);
}
