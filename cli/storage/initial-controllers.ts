import { isUuid } from '#engine/protocol/uuid.ts';
import type { Voter } from '#engine/raft/types.ts';
import { CommandError } from '../command-error.ts';

/**
 * The voters of `--initial-controllers`: `id@host:port:directory` with commas between, an IPv6 host in brackets. Throws
 * CommandError.
 *
 * @param listenerName the first of controller.listener.names: where they are reached.
 */
export function parseInitialControllers(text: string, listenerName: string): Voter[] {
  const voters: Voter[] = [];
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) throw new CommandError('No voters given.');
  for (const part of parts) {
    const voter = parseVoter(part, listenerName);
    if (voters.some(({ id }) => id === voter.id)) {
      throw new CommandError(`Node id ${voter.id} was specified more than once.`);
    }
    voters.push(voter);
  }
  return voters;
}

function parseVoter(text: string, listenerName: string): Voter {
  const at = text.indexOf('@');
  if (at < 0) throw new CommandError('No @ found in dynamic voter string.');
  if (at === 0) throw new CommandError('Invalid @ at beginning of dynamic voter string.');
  const id = parseNumber(text.slice(0, at), 'node id');
  if (id < 0) throw new CommandError(`Invalid negative node id ${id} in dynamic voter string.`);
  const [host, rest] = splitHost(text.slice(at + 1));
  const colon = rest.indexOf(':');
  if (colon < 0) throw new CommandError('No colon following port could be found.');
  const port = parseNumber(rest.slice(0, colon), 'port');
  if (port < 0 || port > 65535) throw new CommandError(`Invalid port ${port} in dynamic voter string.`);
  const directoryId = rest.slice(colon + 1);
  if (!isUuid(directoryId)) throw new CommandError('Failed to parse directory ID in dynamic voter string.');
  const endpoints = [{ name: listenerName, host, port }];
  return { id, directoryId, endpoints, minKraftVersion: 0, maxKraftVersion: 1 };
}

/** Host, and what comes behind the colon after it. */
function splitHost(text: string): readonly [host: string, rest: string] {
  if (!text.startsWith('[')) {
    const colon = text.indexOf(':');
    if (colon < 0) throw new CommandError('No colon following hostname could be found.');
    return [text.slice(0, colon), text.slice(colon + 1)];
  }
  const end = text.indexOf(']');
  if (end < 0) throw new CommandError('Hostname began with left bracket, but no right bracket was found.');
  if (text[end + 1] !== ':') throw new CommandError('Port section must start with a colon.');
  return [text.slice(1, end), text.slice(end + 2)];
}

function parseNumber(text: string, what: string): number {
  const value = Number(text);
  if (!/^[+-]?\d{1,10}$/.test(text) || value > 0x7fffffff) {
    throw new CommandError(`Failed to parse ${what} in dynamic voter string.`);
  }
  return value;
}
