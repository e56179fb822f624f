import { apiKey } from '../../protocol/api-table.ts';
import { encodeApiVersionsRequest } from '../../protocol/generated/api-versions-request.js';
import { decodeApiVersionsResponse } from '../../protocol/generated/api-versions-response.js';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import { Reader } from '../../protocol/reader.ts';
import { Writer } from '../../protocol/writer.ts';
import type { RpcClient } from './rpc-client.ts';

/** What this node can say in an API. */
export interface SpokenVersions {
  readonly apiKey: number;
  readonly lowestVersion: number;
  readonly highestVersion: number;
}

/** The version to use: null where the peer did not answer, -1 where it has none that both know. */
export type Chosen = (version: number | null) => void;

interface Range {
  readonly min: number;
  readonly max: number;
}

/** The first that names the client's software; every node of a KRaft quorum serves it. */
const apiVersionsVersion = 3;

/** Which APIs the node at the other end of a client serves: asked when first needed, and again after `forget`. */
export class ServedVersions {
  readonly #client: RpcClient;
  readonly #timeoutMs: number;
  #ranges: ReadonlyMap<number, Range> | null = null;
  #waiting: ((ranges: ReadonlyMap<number, Range> | null) => void)[] | null = null;

  constructor(client: RpcClient, timeoutMs: number) {
    this.#client = client;
    this.#timeoutMs = timeoutMs;
  }

  /** The newest version that both know. */
  choose(spoken: SpokenVersions, chosen: Chosen): void {
    const choose = (ranges: ReadonlyMap<number, Range> | null): void => {
      chosen(ranges === null ? null : newestOfBoth(ranges.get(spoken.apiKey), spoken));
    };
    if (this.#ranges !== null) choose(this.#ranges);
    else if (this.#waiting !== null) this.#waiting.push(choose);
    else {
      this.#waiting = [choose];
      this.#ask();
    }
  }

  /** The connection is gone: who is there next may serve others. */
  forget(): void {
    this.#ranges = null;
  }

  #ask(): void {
    const writer = new Writer();
    const request = { clientSoftwareName: 'millrace', clientSoftwareVersion: '1' };
    encodeApiVersionsRequest(writer, request, apiVersionsVersion);
    this.#client.send(apiKey.ApiVersions, apiVersionsVersion, writer.toBytes(), this.#timeoutMs, (answer) => {
      this.#ranges = answer === null ? null : decode(answer);
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      for (const each of waiting) each(this.#ranges);
    });
  }
}

function newestOfBoth(served: Range | undefined, { lowestVersion, highestVersion }: SpokenVersions): number {
  if (served === undefined) return -1;
  const version = Math.min(served.max, highestVersion);
  return version >= Math.max(served.min, lowestVersion) ? version : -1;
}

/** Null where the answer makes no sense. */
function decode(answer: Uint8Array): ReadonlyMap<number, Range> | null {
  try {
    const { errorCode, apiKeys } = decodeApiVersionsResponse(new Reader(answer), apiVersionsVersion);
    if (errorCode !== 0) return null;
    return new Map(apiKeys.map((each) => [each.apiKey, { min: each.minVersion, max: each.maxVersion }]));
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
