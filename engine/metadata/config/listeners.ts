/** `listeners`, `advertised.listeners` and `listener.security.protocol.map`. */
import { ConfigError } from './types.ts';

export type SecurityProtocol = 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';

export interface Endpoint {
  /** In upper case. */
  readonly listener: string;
  readonly securityProtocol: SecurityProtocol;
  /** Empty: the default interface. */
  readonly host: string;
  readonly port: number;
}

export type ProtocolMap = ReadonlyMap<string, SecurityProtocol>;

const protocols: readonly string[] = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];
const endpointForm = /^(.*):\/\/\[?([0-9a-zA-Z\-%._:]*)\]?:(-?[0-9]+)$/;

/** Reads NAME:PROTOCOL pairs; a name that comes again replaces the earlier entry. Throws ConfigError. */
function parseProtocolMap(text: string): Map<string, SecurityProtocol> {
  const map = new Map<string, SecurityProtocol>();
  if (text === '') return map;
  for (const pair of text.split(/\s*,\s*/)) {
    const at = pair.lastIndexOf(':');
    if (at < 0) {
      const why = `${pair} is not a pair NAME:PROTOCOL`;
      throw new ConfigError(`Error parsing configuration property 'listener.security.protocol.map': ${why}`);
    }
    const protocol = pair.slice(at + 1).trim();
    if (!protocols.includes(protocol)) {
      throw new ConfigError(`Invalid security protocol \`${protocol}\` defined in listener.security.protocol.map`);
    }
    map.set(pair.slice(0, at).trim().toUpperCase(), protocol as SecurityProtocol);
  }
  return map;
}

/**
 * The protocol of each listener. With the map left at its default, the controller's listeners are PLAINTEXT without
 * an entry, unless a listener is named after one of the protected protocols.
 */
export function effectiveProtocolMap(
  text: string,
  isDefault: boolean,
  controllerListenerNames: readonly string[],
  listenerNames: readonly string[],
): ProtocolMap {
  const map = parseProtocolMap(text);
  const protectedName = (name: string) => name === 'SSL' || name.startsWith('SASL_');
  if (!isDefault || controllerListenerNames.some(protectedName) || listenerNames.some(protectedName)) return map;
  for (const name of controllerListenerNames) {
    if (name !== 'PLAINTEXT') map.set(name, 'PLAINTEXT');
  }
  return map;
}

/** Reads a list of NAME://host:port. Throws ConfigError. */
export function parseEndpoints(list: readonly string[], map: ProtocolMap, portsMayRepeat: boolean): Endpoint[] {
  const shown = `[${list.join(', ')}]`;
  const fail = (why: string) => new ConfigError(`Error creating broker listeners from '${shown}': ${why}`);
  const endpoints = list.map((entry) => {
    const endpoint = parseEndpoint(entry, map);
    if (typeof endpoint === 'string') throw fail(endpoint);
    return endpoint;
  });
  if (new Set(endpoints.map((one) => one.listener)).size < endpoints.length) {
    throw fail(`Each listener must have a different name, listeners: ${shown}`);
  }
  if (!portsMayRepeat && portsRepeat(endpoints)) {
    throw fail(`Each listener must have a different port, listeners: ${shown}`);
  }
  return endpoints;
}

/** NAME of NAME://host:port, in upper case; for looking at listeners before the map is known. */
export function listenerName(entry: string): string {
  return entry.slice(0, Math.max(entry.indexOf('://'), 0)).toUpperCase();
}

function parseEndpoint(entry: string, map: ProtocolMap): Endpoint | string {
  const match = endpointForm.exec(entry);
  if (match === null) return `Unable to parse ${entry} to a broker endpoint`;
  const listener = match[1].toUpperCase();
  const securityProtocol = map.get(listener);
  if (securityProtocol === undefined) return `No security protocol defined for listener ${listener}`;
  const port = Number(match[3]);
  if (port < 0 || port > 65_535) return `Unable to parse ${entry} to a broker endpoint: the port is out of range`;
  return { listener, securityProtocol, host: match[2], port };
}

/** One IPv4 and one IPv6 address may share a port; port 0 is any free one. */
function portsRepeat(endpoints: readonly Endpoint[]): boolean {
  const byPort = Map.groupBy(endpoints, (one) => one.port);
  for (const [port, same] of byPort) {
    if (port === 0 || same.length === 1) continue;
    const isPair = same.length === 2 && same.some((one) => isIpv4(one.host)) && same.some((one) => isIpv6(one.host));
    if (!isPair) return true;
  }
  return false;
}

const isIpv4 = (host: string) => /^[0-9]{1,3}(\.[0-9]{1,3}){3}$/.test(host);
const isIpv6 = (host: string) => host.includes(':');
