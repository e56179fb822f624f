import { tableLimits } from '../base/limits.ts';

/** What is wrong with a topic's name, in Kafka's words, or null. */
export function topicNameProblem(name: string): string | null {
  if (name === '') return 'the empty string is not allowed';
  if (name === '.') return "'.' is not allowed";
  if (name === '..') return "'..' is not allowed";
  if (name.length > tableLimits.topicNameBytes) {
    return `the length of '${name}' is longer than the max allowed length ${tableLimits.topicNameBytes}`;
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    return `'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`;
  }
  return null;
}
