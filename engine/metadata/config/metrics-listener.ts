import { ConfigError, invalidValue } from './types.ts';

export interface MetricsListener {
  readonly host: string;
  readonly port: number;
  /** Nobody asked for it: where it can't be had, the node does without. */
  readonly isDefault: boolean;
}

const key = 'millrace.metrics.listener';
const form = /^http:\/\/(?:\[([0-9a-fA-F:.]+)\]|([0-9a-zA-Z\-._]*)):([0-9]{1,5})\/?$/;

/** Reads http://host:port; empty is null. Throws ConfigError. */
export function parseMetricsListener(text: string, originals: ReadonlyMap<string, string>): MetricsListener | null {
  if (text === '') return null;
  const match = form.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535)
    throw new ConfigError(invalidValue(key, text, 'Must be http://host:port or empty'));
  return { host: match[1] ?? match[2] ?? '', port, isDefault: !originals.has(key) };
}
