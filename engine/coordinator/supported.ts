import { isLoopback } from '../io/net/loopback.ts';
import type { BrokerConfig } from '../metadata/config/broker-config.ts';
import type { Endpoint } from '../metadata/config/listeners.ts';

/**
 * What a configuration asks for that this release does not have. Each would be dangerous to pass over in silence: a
 * listener that is not encrypted, an authorizer that does not authorise.
 */
export function unsupported(config: BrokerConfig): string[] {
  const found: string[] = [];
  const { values } = config;
  for (const { listener, securityProtocol } of config.listeners) {
    if (securityProtocol !== 'PLAINTEXT')
      found.push(`listener ${listener} uses ${securityProtocol}; only PLAINTEXT is supported`);
  }
  if (values.text('authorizer.class.name') !== '')
    found.push('authorizer.class.name is set; authorizers are not supported');
  if (values.boolean('remote.log.storage.system.enable'))
    found.push('remote.log.storage.system.enable: tiered storage is not supported');
  return found;
}

/** Listeners on which anybody who reaches them may do anything. */
export function openListeners(endpoints: readonly Endpoint[]): Endpoint[] {
  return endpoints.filter(({ host }) => !isLoopback(host));
}
