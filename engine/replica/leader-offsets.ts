import type { NodeId } from '../base/brands.ts';
import { encodeListOffsetsRequest, type ListOffsetsPartition } from '../protocol/generated/list-offsets-request.js';
import { decodeListOffsetsResponse } from '../protocol/generated/list-offsets-response.js';
import { nullWhereBroken } from '../protocol/null-where-broken.ts';
import { Reader } from '../protocol/reader.ts';
import type { Init } from '../protocol/types.ts';
import { Writer } from '../protocol/writer.ts';
import type { FollowedEntry } from './fetcher.ts';

const listOffsetsVersion = 9;
const place = { end: -1n, start: -2n } as const;

export interface LeaderOffset {
  readonly errorCode: number;
  readonly offset: number;
}

export interface OffsetsQuestion {
  readonly version: number;
  readonly body: Uint8Array;
  /** Null: the answer makes no sense. A partition may be missing in it. */
  read(answer: Uint8Array): Map<FollowedEntry, LeaderOffset> | null;
}

/** Asks where the leader's logs end or begin (ListOffsets as a follower: the log's end, not what is committed). */
export function askForOffsets(
  nodeId: NodeId,
  entries: readonly FollowedEntry[],
  what: keyof typeof place,
): OffsetsQuestion {
  const topics = new Map<string, Init<ListOffsetsPartition>[]>();
  const byName = new Map<string, FollowedEntry>();
  for (const entry of entries) {
    const { topic, partition, leaderEpoch } = entry.followed;
    byName.set(`${topic}-${partition}`, entry);
    const partitions = topics.get(topic) ?? [];
    topics.set(topic, partitions);
    partitions.push({ partitionIndex: partition, currentLeaderEpoch: leaderEpoch, timestamp: place[what] });
  }
  const writer = new Writer();
  const request = {
    replicaId: nodeId,
    isolationLevel: 0,
    topics: [...topics].map(([name, partitions]) => ({ name, partitions })),
  };
  encodeListOffsetsRequest(writer, request, listOffsetsVersion);
  return { version: listOffsetsVersion, body: writer.toBytes(), read: (answer) => readOffsets(answer, byName) };
}

function readOffsets(
  answer: Uint8Array,
  byName: ReadonlyMap<string, FollowedEntry>,
): Map<FollowedEntry, LeaderOffset> | null {
  const response = nullWhereBroken(() => decodeListOffsetsResponse(new Reader(answer), listOffsetsVersion));
  if (response === null) return null;
  const offsets = new Map<FollowedEntry, LeaderOffset>();
  for (const { name, partitions } of response.topics) {
    for (const { partitionIndex, errorCode, offset } of partitions) {
      const entry = byName.get(`${name}-${partitionIndex}`);
      if (entry !== undefined) offsets.set(entry, { errorCode, offset: Number(offset) });
    }
  }
  return offsets;
}
