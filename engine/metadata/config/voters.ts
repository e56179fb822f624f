/** `controller.quorum.voters` and `controller.quorum.bootstrap.servers`. */

export interface Voter {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

const hostPort = /^(?:[0-9a-zA-Z\-%._]*:\/\/)?\[?([0-9a-zA-Z\-%._:]*)\]?:([0-9]+)$/;

/** `host:port`, `[v6]:port`; null where it is neither. */
export function parseHostPort(text: string): HostPort | null {
  const match = hostPort.exec(text);
  if (match === null) return null;
  return { host: match[1], port: Number(match[2]) };
}

const voterForm = 'Each entry should be in the form `{id}@{host}:{port}`.';

export function votersError(entries: readonly string[]): string | null {
  for (const entry of entries) {
    const parsed = parseVoter(entry);
    if (typeof parsed === 'string') return parsed;
  }
  return null;
}

/** Call it on entries that `votersError` passed. */
export function parseVoters(entries: readonly string[]): Voter[] {
  return entries.map(parseVoter).filter((voter) => typeof voter !== 'string');
}

function parseVoter(entry: string): Voter | string {
  const parts = entry.split('@');
  if (parts.length !== 2) return `Invalid configuration value for controller.quorum.voters. ${voterForm}`;
  if (!/^[+-]?[0-9]{1,10}$/.test(parts[0])) {
    return `Failed to parse voter ID as an integer from ${parts[0]}`;
  }
  const address = parseHostPort(parts[1]);
  if (address === null) {
    return `Failed to parse host name from entry ${entry} for the configuration controller.quorum.voters. ${voterForm}`;
  }
  if (address.host === '0.0.0.0') return `Host string (${address.host}) is not routeable`;
  return { nodeId: Number(parts[0]), ...address };
}

export function bootstrapServersError(entries: readonly string[]): string | null {
  const bad = entries.find((entry) => parseHostPort(entry) === null);
  if (bad === undefined) return null;
  return `Failed to parse host name from ${bad} for the configuration controller.quorum.bootstrap.servers. Each entry should be in the form "{host}:{port}"`;
}
