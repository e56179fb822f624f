import { askApiVersions, type VersionRange } from '../rpc/api-versions.ts';
import type { RpcClient } from '../rpc/rpc-client.ts';

/** The first version that names features which may be at level 0 (KIP-1022). */
const apiVersionsVersion = 4;
const unsupported: VersionRange = { min: 0, max: 0 };

/** Asks a node which levels of kraft.version it knows; null where it does not answer. Closes the client. */
export function askKraftVersions(
  client: RpcClient,
  softwareVersion: string,
  timeoutMs: number,
): Promise<VersionRange | null> {
  return new Promise((resolve) => {
    askApiVersions(client, apiVersionsVersion, softwareVersion, timeoutMs, (response) => {
      const feature = response?.supportedFeatures.find(({ name }) => name === 'kraft.version');
      const range = feature === undefined ? unsupported : { min: feature.minVersion, max: feature.maxVersion };
      resolve(response === null ? null : range);
      client.close();
    });
  });
}
