import type { NodeId } from '../base/brands.ts';
import { controllerChannelLimits as limits } from '../base/limits.ts';
import { systemClock } from '../io/clock.ts';
import { connect } from '../io/net/connect.ts';
import type { ControllerNode } from '../node/controller-channel/controller-channel.ts';
import { createWays } from '../node/controller-channel/create-ways.ts';
import { LeaderWatch } from '../node/controller-channel/leader-watch.ts';
import { ownController } from '../node/controller-channel/own-controller.ts';
import type { ToController } from '../node/controller-channel/to-controller.ts';
import { changeVotersApi } from '../node/raft-network/voter-changes.ts';
import { RpcClient } from '../node/rpc/rpc-client.ts';
import type { MetadataSide } from './metadata-side.ts';
import type { NodeOptions } from './node-options.ts';
import { millraceVersion } from './version.ts';

/** The ways from this node's broker to the active controller. To be made before the metadata log is started. */
export function controllerWays(node: NodeOptions, metadata: MetadataSide): ToController {
  const { config, logger, fatal } = node;
  const { raft, random, controller } = metadata;
  const ways = createWays({
    nodeId: config.nodeId,
    softwareVersion: millraceVersion(),
    sessionTimeoutMs: config.values.number('broker.session.timeout.ms'),
    clock: systemClock,
    random,
    logger,
    own: ownController(controller, raft, logger, (key, version, body) =>
      changeVotersApi(metadata.voterChanges, key, version, body),
    ),
    leaderId: () => raft.leaderId(),
    nodeOf: (id) => controllerNode(node, metadata, id),
    connect: ({ host, port }, clientId) =>
      new RpcClient({
        connect: (events, connected) => connect({ host, port, events, connected }),
        clock: systemClock,
        clientId,
        maxResponseBytes: limits.responseBytes,
      }),
    failed: (error) => fatal('a request to the controller failed', error),
  });
  raft.register(new LeaderWatch(() => ways.leaderChanged()));
  return ways;
}

/** Where the quorum says that it is; then what the controller registered. */
function controllerNode({ config }: NodeOptions, metadata: MetadataSide, id: NodeId): ControllerNode | undefined {
  const registered = metadata.image.committed.controllers.get(id)?.endpoints ?? [];
  for (const endpoints of [metadata.endpointsOf(id), registered]) {
    for (const name of config.controllerListenerNames) {
      const found = endpoints.find((endpoint) => endpoint.name === name);
      if (found !== undefined) return { id, host: found.host, port: found.port };
    }
  }
  return undefined;
}
