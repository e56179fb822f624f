import type { ApiRow } from '../../protocol/api-table.ts';
import { errorCode } from '../../protocol/errors.ts';
import {
  features,
  latestMetadataVersion,
  metadataVersionFeature,
  minMetadataVersion,
} from '../../protocol/features.ts';
import type { ApiVersionsRequest } from '../../protocol/generated/api-versions-request.js';
import type { ApiVersionsResponse } from '../../protocol/generated/api-versions-response.js';
import type { Init } from '../../protocol/types.ts';
import type { Request } from '../request.ts';
import type { BrokerServices } from '../services.ts';

/**
 * ApiVersions, versions 0 to 4. Names what this listener serves and nothing else. A version that is too new is answered
 * in version 0 with UNSUPPORTED_VERSION and the range of ApiVersions itself, so that the client can choose (KIP-511).
 */
const softwareName = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/;
const softwareSince = 3;

export function handleApiVersions(
  request: ApiVersionsRequest,
  context: Request,
  services: ClusterSource,
  apis: readonly ApiRow[],
): Init<ApiVersionsResponse> {
  if (context.version >= softwareSince) {
    const { clientSoftwareName, clientSoftwareVersion } = request;
    if (!softwareName.test(clientSoftwareName) || !softwareName.test(clientSoftwareVersion)) {
      return { errorCode: errorCode.INVALID_REQUEST };
    }
    context.peer.clientSoftwareName = clientSoftwareName;
    context.peer.clientSoftwareVersion = clientSoftwareVersion;
  }
  return describeApis(errorCode.NONE, services, apis, context.version);
}

/** What ApiVersions tells of the cluster. */
export type ClusterSource = Pick<BrokerServices, 'cluster'>;

/** To an ApiVersions request of a version that does not exist. */
export function answerUnsupportedApiVersions(
  request: Request,
  services: ClusterSource & Pick<BrokerServices, 'fail'>,
  api: ApiRow,
): void {
  api.loadResponse().then(
    (codec) => {
      const answer = describeApis(errorCode.UNSUPPORTED_VERSION, services, [api], 0);
      request.answerEncoded((writer) => codec.encode(writer, answer, 0));
    },
    (error: unknown) => services.fail(request, error),
  );
}

function describeApis(
  code: number,
  services: ClusterSource,
  apis: readonly ApiRow[],
  version: number,
): Init<ApiVersionsResponse> {
  const { features: finalized, featuresEpoch } = services.cluster();
  return {
    errorCode: code,
    apiKeys: apis.map(({ key, minVersion, maxVersion }) => ({ apiKey: key, minVersion, maxVersion })),
    supportedFeatures: supportedFeatures(version),
    finalizedFeaturesEpoch: BigInt(featuresEpoch),
    finalizedFeatures: finalized.map(({ name, level }) => ({ name, minVersionLevel: level, maxVersionLevel: level })),
  };
}

/** Before version 4 a client can't be told of a feature whose lowest level is 0 (KIP-1022). */
function supportedFeatures(version: number): { name: string; minVersion: number; maxVersion: number }[] {
  const all = features.map(({ name, minLevel, maxLevel }) => ({ name, minVersion: minLevel, maxVersion: maxLevel }));
  all.push({ name: metadataVersionFeature, minVersion: minMetadataVersion, maxVersion: latestMetadataVersion });
  return version >= 4 ? all : all.filter(({ minVersion }) => minVersion > 0);
}
