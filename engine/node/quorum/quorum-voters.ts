import { zeroUuid } from '../../base/brands.ts';
import type { Voter } from '../../raft/types.ts';

/**
 * The voters of controller.quorum.voters: `id@host:port` with commas between, an IPv6 host in brackets. Their directory
 * ids are not known. Null where the text is none such, or names an id twice.
 *
 * @param listenerName the first of controller.listener.names: where they are reached.
 */
export function parseQuorumVoters(text: string, listenerName: string): Voter[] | null {
  const voters: Voter[] = [];
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const match = /^(\d{1,10})@(?:\[([^\]]+)\]|([^:@[\]]+)):(\d{1,5})$/.exec(part);
    if (match === null) return null;
    const id = Number(match[1]);
    const port = Number(match[4]);
    if (id > 0x7fffffff || port > 0xffff || voters.some((voter) => voter.id === id)) return null;
    const endpoints = [{ name: listenerName, host: match[2] ?? match[3], port }];
    voters.push({ id, directoryId: zeroUuid, endpoints, minKraftVersion: 0, maxKraftVersion: 0 });
  }
  return voters;
}
