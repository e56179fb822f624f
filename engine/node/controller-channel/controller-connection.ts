import { controllerChannelLimits as limits } from '../../base/limits.ts';
import { errorCode } from '../../protocol/errors.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import { encodeApiVersionsRequest } from '../../protocol/generated/api-versions-request.js';
import { decodeApiVersionsResponse } from '../../protocol/generated/api-versions-response.js';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import { Reader } from '../../protocol/reader.ts';
import { Writer } from '../../protocol/writer.ts';
import type { ControllerNode } from './controller-channel.ts';

/** Requests to one node (engine/node/rpc). Null: unanswered, and whether the node acted on it is not known. */
export interface RpcConnection {
  send(
    apiKey: number,
    version: number,
    body: Uint8Array,
    timeoutMs: number,
    answered: (answer: Uint8Array | null) => void,
  ): void;
  /** What is under way is answered null. */
  close(): void;
}

interface VersionRange {
  readonly minVersion: number;
  readonly maxVersion: number;
}

const apiVersionsVersion = 3;

/** The connection to a controller, and which versions it speaks. */
export class ControllerConnection {
  readonly node: ControllerNode;
  readonly rpc: RpcConnection;
  readonly #softwareVersion: string;
  /** By api; null until the controller has told. */
  #ranges: ReadonlyMap<number, VersionRange> | null = null;

  constructor(node: ControllerNode, rpc: RpcConnection, softwareVersion: string) {
    this.node = node;
    this.rpc = rpc;
    this.#softwareVersion = softwareVersion;
  }

  get isReady(): boolean {
    return this.#ranges !== null;
  }

  /** The newest version of an api that both ends speak; null where there is none. */
  versionOf(key: number, minVersion: number, maxVersion: number): number | null {
    const range = this.#ranges?.get(key);
    if (range === undefined) return null;
    const version = Math.min(maxVersion, range.maxVersion);
    return version < Math.max(minVersion, range.minVersion) ? null : version;
  }

  /** Asks which versions it speaks; `done` with false where it does not say. */
  negotiate(done: (isDone: boolean) => void): void {
    const writer = new Writer();
    const software = { clientSoftwareName: 'millrace', clientSoftwareVersion: this.#softwareVersion };
    encodeApiVersionsRequest(writer, software, apiVersionsVersion);
    const body = writer.toBytes();
    this.rpc.send(apiKey.ApiVersions, apiVersionsVersion, body, limits.apiVersionsMs, (answer) => {
      this.#ranges = answer === null ? null : rangesIn(answer);
      done(this.#ranges !== null);
    });
  }
}

function rangesIn(answer: Uint8Array): ReadonlyMap<number, VersionRange> | null {
  try {
    const response = decodeApiVersionsResponse(new Reader(answer), apiVersionsVersion);
    if (response.errorCode !== errorCode.NONE) return null;
    return new Map(response.apiKeys.map(({ apiKey: key, ...range }) => [key, range]));
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
