/** What `kafka-storage.sh format` is to do, decided from the configuration and the flags alone. */
import type { BrokerConfig } from '#engine/metadata/config/broker-config.ts';
import type { QuorumFormat } from '#engine/node/quorum/kraft-storage.ts';
import { CommandError } from '../command-error.ts';
import type { StorageArguments } from './arguments.ts';
import { type FirstLevels, firstLevels, parseFeatureLevel } from './feature-levels.ts';
import { parseInitialControllers } from './initial-controllers.ts';

export interface FormatPlan {
  readonly clusterId: string;
  readonly quorum: QuorumFormat;
  readonly levels: FirstLevels;
}

/** Throws CommandError. */
export function planFormat(config: BrokerConfig, args: StorageArguments): FormatPlan {
  if (args.scram.length > 0) throw new CommandError('--add-scram is refused: SCRAM is not supported in this release.');
  const features = args.features.map(parseFeatureLevel);
  const quorum = planQuorum(config, args);
  const saysHow = args.standalone || args.noInitialControllers || args.initialControllers !== undefined;
  const isDynamic = config.voters.length === 0 && saysHow;
  const levels = firstLevels({ release: args.release, features, isDynamic });
  return { clusterId: args.clusterId, quorum, levels };
}

function planQuorum(config: BrokerConfig, args: StorageArguments): QuorumFormat {
  const listener = config.controllerListenerNames[0];
  const voters =
    args.initialControllers === undefined ? null : parseInitialControllers(args.initialControllers, listener);
  if (args.standalone && !config.isController) {
    throw new CommandError('You can only use --standalone on a controller.');
  }
  if (config.voters.length > 0 && (args.standalone || voters !== null)) {
    throw new CommandError(
      'You cannot specify controller.quorum.voters and format the node with --initial-controllers or --standalone. ' +
        'If you want to use dynamic quorum, please remove controller.quorum.voters and specify ' +
        'controller.quorum.bootstrap.servers instead.',
    );
  }
  if (voters !== null) return { kind: 'initial-controllers', voters };
  if (args.standalone) {
    const { host, port } = config.advertisedControllerListeners[0];
    const endpoints = [{ name: listener, host: host === '' ? 'localhost' : host, port }];
    return { kind: 'standalone', endpoints };
  }
  if (config.isController && config.voters.length === 0 && !args.noInitialControllers) {
    throw new CommandError(
      'Because controller.quorum.voters is not set on this controller, you must specify one of the following: ' +
        '--standalone, --initial-controllers, or --no-initial-controllers.',
    );
  }
  return { kind: 'configured' };
}
