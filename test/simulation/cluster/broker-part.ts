import type { Clock } from '../../../engine/base/clock.ts';
import type { Logger } from '../../../engine/base/logger.ts';
import type { Random } from '../../../engine/base/random.ts';
import { BrokerRegistration } from '../../../engine/node/controller-channel/broker-registration.ts';
import type { Ask } from '../../../engine/node/controller-channel/to-controller.ts';
import { randomUuid } from '../../../engine/protocol/uuid.ts';
import { supportedFeatures } from '../../support/controller-fixture.ts';
import { clusterId, directoryIdOf, voterOf } from './setup.ts';

export interface BrokerEnvironment {
  readonly nodeId: number;
  readonly isController: boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly previousBrokerEpoch: number;
  readonly ask: Ask;
  /** The image offset that the node's shard has acted on. */
  readonly imageOffset: () => number;
  readonly failed: (error: unknown) => void;
}

/** The broker's side of a node. */
export class BrokerPart {
  readonly registration: BrokerRegistration;
  isUnfenced = false;

  constructor(environment: BrokerEnvironment) {
    const { nodeId, isController, clock, random, logger, previousBrokerEpoch, ask, imageOffset, failed } = environment;
    const { endpoints } = voterOf(nodeId);
    this.registration = new BrokerRegistration({
      nodeId,
      clusterId,
      incarnationId: randomUuid(random),
      rack: null,
      endpoints: [{ name: 'PLAINTEXT', host: `node${nodeId}`, port: 9092, securityProtocol: 0 }],
      controllerEndpoints: isController ? endpoints.map((each) => ({ ...each, securityProtocol: 0 })) : null,
      features: supportedFeatures,
      logDirs: [directoryIdOf(nodeId)],
      previousBrokerEpoch,
      heartbeatIntervalMs: 500,
      clock,
      logger,
      // The faults may last longer than a broker would wait.
      registrationTimeoutMs: 600_000,
      ask,
      imageOffset,
      offlineLogDirs: () => [],
      cordonedLogDirs: () => [],
      mayHeartbeat: () => true,
      unfenced: () => {
        this.isUnfenced = true;
      },
      refused: (reason) => failed(new Error(`the broker is refused: ${reason}`)),
    });
  }
}
