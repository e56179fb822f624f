import type { RequestSender } from '../../base/request-sender.ts';
import { errorCode } from '../../protocol/errors.ts';
import { apiKey } from '../../protocol/generated/api-rows.js';
import { encodeApiVersionsRequest } from '../../protocol/generated/api-versions-request.js';
import { type ApiVersionsResponse, decodeApiVersionsResponse } from '../../protocol/generated/api-versions-response.js';
import { nullWhereBroken } from '../../protocol/null-where-broken.ts';
import { Reader } from '../../protocol/reader.ts';
import { Writer } from '../../protocol/writer.ts';

export interface VersionRange {
  readonly min: number;
  readonly max: number;
}

/** By api key. */
export type ServedRanges = ReadonlyMap<number, VersionRange>;

/** The first that names the client's software; every node of a KRaft cluster serves it. */
export const namedSoftwareVersion = 3;

/** Asks a node what it serves; null where it does not answer, or nothing that makes sense. */
export function askApiVersions(
  node: RequestSender,
  version: number,
  softwareVersion: string,
  timeoutMs: number,
  answered: (response: ApiVersionsResponse | null) => void,
): void {
  const writer = new Writer();
  const request = { clientSoftwareName: 'millrace', clientSoftwareVersion: softwareVersion };
  encodeApiVersionsRequest(writer, request, version);
  node.send(apiKey.ApiVersions, version, writer.toBytes(), timeoutMs, (answer) => {
    const response =
      answer === null ? null : nullWhereBroken(() => decodeApiVersionsResponse(new Reader(answer), version));
    answered(response?.errorCode === errorCode.NONE ? response : null);
  });
}

export function servedRanges({ apiKeys }: ApiVersionsResponse): ServedRanges {
  return new Map(apiKeys.map((each) => [each.apiKey, { min: each.minVersion, max: each.maxVersion }]));
}

/** The newest version of an api in both ranges, -1 where there is none. */
export function newestOfBoth(served: VersionRange | undefined, spoken: VersionRange): number {
  if (served === undefined) return -1;
  const version = Math.min(served.max, spoken.max);
  return version >= Math.max(served.min, spoken.min) ? version : -1;
}
