import { apiKey } from '../../protocol/api-table.ts';
import { encodeApiVersionsRequest } from '../../protocol/generated/api-versions-request.js';
import { decodeApiVersionsResponse } from '../../protocol/generated/api-versions-response.js';
import { ProtocolError } from '../../protocol/protocol-error.ts';
import { Reader } from '../../protocol/reader.ts';
import { Writer } from '../../protocol/writer.ts';
import type { RpcClient } from '../rpc/rpc-client.ts';
import type { VersionRange } from './voter-changes.ts';

/** The first version that names features which may be at level 0 (KIP-1022). */
const apiVersionsVersion = 4;
const unsupported: VersionRange = { min: 0, max: 0 };

/** Asks a node which levels of kraft.version it knows; null where it does not answer. Closes the client. */
export function askKraftVersions(client: RpcClient, timeoutMs: number): Promise<VersionRange | null> {
  const writer = new Writer();
  const request = { clientSoftwareName: 'millrace', clientSoftwareVersion: '1' };
  encodeApiVersionsRequest(writer, request, apiVersionsVersion);
  return new Promise((resolve) => {
    client.send(apiKey.ApiVersions, apiVersionsVersion, writer.toBytes(), timeoutMs, (answer) => {
      resolve(answer === null ? null : rangeIn(answer));
      client.close();
    });
  });
}

function rangeIn(answer: Uint8Array): VersionRange | null {
  try {
    const { errorCode, supportedFeatures } = decodeApiVersionsResponse(new Reader(answer), apiVersionsVersion);
    if (errorCode !== 0) return null;
    const feature = supportedFeatures.find(({ name }) => name === 'kraft.version');
    return feature === undefined ? unsupported : { min: feature.minVersion, max: feature.maxVersion };
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
