import { controllerChannelLimits as limits } from '../../base/limits.ts';
import type { RequestSender } from '../../base/request-sender.ts';
import {
  askApiVersions,
  namedSoftwareVersion,
  newestOfBoth,
  type ServedRanges,
  servedRanges,
} from '../rpc/api-versions.ts';
import type { ControllerNode } from './controller-channel.ts';

/** Requests to one node (engine/node/rpc). */
export interface RpcConnection extends RequestSender {
  /** What is under way is answered null. */
  close(): void;
}

/** The connection to a controller, and which versions it speaks. */
export class ControllerConnection {
  readonly node: ControllerNode;
  readonly rpc: RpcConnection;
  readonly #softwareVersion: string;
  /** Null until the controller has told. */
  #ranges: ServedRanges | null = null;

  constructor(node: ControllerNode, rpc: RpcConnection, softwareVersion: string) {
    this.node = node;
    this.rpc = rpc;
    this.#softwareVersion = softwareVersion;
  }

  get isReady(): boolean {
    return this.#ranges !== null;
  }

  /** The newest version of an api that both ends speak; -1 where there is none. */
  versionOf(key: number, minVersion: number, maxVersion: number): number {
    return newestOfBoth(this.#ranges?.get(key), { min: minVersion, max: maxVersion });
  }

  /** Asks which versions it speaks; `done` with false where it does not say. */
  negotiate(done: (isDone: boolean) => void): void {
    askApiVersions(this.rpc, namedSoftwareVersion, this.#softwareVersion, limits.apiVersionsMs, (response) => {
      this.#ranges = response === null ? null : servedRanges(response);
      done(this.isReady);
    });
  }
}
