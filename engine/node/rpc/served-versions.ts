import type { RequestSender } from '../../base/request-sender.ts';
import { askApiVersions, namedSoftwareVersion, newestOfBoth, type ServedRanges, servedRanges } from './api-versions.ts';

/** What this node can say in an API. */
export interface SpokenVersions {
  readonly apiKey: number;
  readonly lowestVersion: number;
  readonly highestVersion: number;
}

/** The version to use: null where the peer did not answer, -1 where it has none that both know. */
export type Chosen = (version: number | null) => void;

/** Which APIs the node at the other end of a client serves: asked when first needed, and again after `forget`. */
export class ServedVersions {
  readonly #client: RequestSender;
  readonly #softwareVersion: string;
  readonly #timeoutMs: number;
  #ranges: ServedRanges | null = null;
  #waiting: ((ranges: ServedRanges | null) => void)[] | null = null;

  constructor(client: RequestSender, softwareVersion: string, timeoutMs: number) {
    this.#client = client;
    this.#softwareVersion = softwareVersion;
    this.#timeoutMs = timeoutMs;
  }

  /** The newest version that both know. */
  choose({ apiKey, lowestVersion, highestVersion }: SpokenVersions, chosen: Chosen): void {
    const spoken = { min: lowestVersion, max: highestVersion };
    const choose = (ranges: ServedRanges | null): void => {
      chosen(ranges === null ? null : newestOfBoth(ranges.get(apiKey), spoken));
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
    askApiVersions(this.#client, namedSoftwareVersion, this.#softwareVersion, this.#timeoutMs, (response) => {
      this.#ranges = response === null ? null : servedRanges(response);
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      for (const each of waiting) each(this.#ranges);
    });
  }
}
