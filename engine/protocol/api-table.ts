import { apiKey, apiRows } from './generated/api-rows.js';
import { requestLoaders, responseLoaders } from './generated/loaders.js';
import type { MessageCodec } from './types.ts';

export type ApiListener = 'broker' | 'controller';

/** An api as its schema file describes it. */
export interface ApiRowData {
  readonly key: number;
  readonly name: string;
  /** The range that a 4.3.1 broker names in ApiVersions; for apis that no broker names, the stable range. */
  readonly minVersion: number;
  readonly maxVersion: number;
  /** The range of finished versions, which the controller listener names. */
  readonly stableMinVersion: number;
  readonly stableMaxVersion: number;
  /** The range that the codecs can read: of Produce less than what is named, of others perhaps an unfinished version more. */
  readonly schemaMinVersion: number;
  readonly schemaMaxVersion: number;
  /** First flexible version (KIP-482); null if there is none. */
  readonly flexibleFrom: number | null;
  /** Whether a broker names it in ApiVersions. */
  readonly advertised: boolean;
  /** Named only by a broker that has a receiver of client telemetry (KIP-714). */
  readonly withTelemetryReceiver: boolean;
  /** Sent between nodes: needs CLUSTER_ACTION. */
  readonly clusterAction: boolean;
  /** A broker passes it on to the active controller (KIP-590). */
  readonly forwardable: boolean;
  readonly listeners: readonly ApiListener[];
}

export interface ApiRow extends ApiRowData {
  /** Version of the request header that precedes a request of `version`: 1, or 2 in flexible versions. */
  requestHeaderVersion(version: number): number;
  /** Version of the header that precedes a response: 0, or 1 in flexible versions, except for ApiVersions. */
  responseHeaderVersion(version: number): number;
  /** Whether requests of `version` can be read. */
  canRead(version: number): boolean;
  loadRequest(): Promise<MessageCodec>;
  loadResponse(): Promise<MessageCodec>;
}

/** The response to ApiVersions always has header 0: its reader does not know yet which versions the broker has (KIP-511). */
const alwaysHeader0: number = apiKey.ApiVersions;

function completeRow(data: ApiRowData): ApiRow {
  const isFlexible = (version: number): boolean => data.flexibleFrom !== null && version >= data.flexibleFrom;
  return {
    ...data,
    requestHeaderVersion: (version) => (isFlexible(version) ? 2 : 1),
    responseHeaderVersion: (version) => (isFlexible(version) && data.key !== alwaysHeader0 ? 1 : 0),
    canRead: (version) => version >= data.schemaMinVersion && version <= data.schemaMaxVersion,
    loadRequest: requestLoaders[data.key]!,
    loadResponse: responseLoaders[data.key]!,
  };
}

/** Every api of the protocol, by rising key. The keys 4 to 7 are those of ZooKeeper's days and have no versions left. */
export const apiTable: readonly ApiRow[] = apiRows.map(completeRow);

const byKey: (ApiRow | undefined)[] = [];
for (const row of apiTable) byKey[row.key] = row;

export function apiRow(key: number): ApiRow | undefined {
  return byKey[key];
}

export { apiKey };
