/** The brokers of a run, started on directories of their own. */
import type { Options } from './options.ts';
import { formatApache, startApache } from './peer/apache.ts';
import { logRoot, type NodeFiles, writeNodeFiles } from './peer/node-properties.ts';
import { type Counters, canStartOurs, readCounters, startOurs } from './peer/ours.ts';
import type { Target } from './target.ts';

export interface Broker {
  readonly target: Target;
  readonly files: NodeFiles;
}

/** Ours and the peer, as asked for, side by side; only one of them has work at a time. */
export async function startBrokers(options: Options, extra: Readonly<Record<string, string>> = {}): Promise<Broker[]> {
  const brokers: Broker[] = [];
  try {
    for (const name of ['ours', 'peer'] as const) {
      if (options[name]) brokers.push(await startBroker(name, options, extra));
    }
  } catch (error) {
    await stopBrokers(brokers);
    throw error;
  }
  return brokers;
}

/** What a broker is started in beside the usual. */
export interface Surroundings {
  readonly logDirectories?: number;
  readonly env?: (files: NodeFiles) => Readonly<Record<string, string>>;
}

export async function startBroker(
  name: 'ours' | 'peer',
  options: Options,
  extra: Readonly<Record<string, string>> = {},
  { logDirectories, env }: Surroundings = {},
): Promise<Broker> {
  const files = await writeNodeFiles(logRoot(options.logRoot), { ...options.properties, ...extra }, logDirectories);
  if (name === 'ours') {
    if (!canStartOurs()) throw new Error('there is no bin/millrace.js yet: use --no-ours');
    return { target: await startOurs(files, undefined, env?.(files)), files };
  }
  formatApache(files);
  return { target: await startApache(files, env?.(files)), files };
}

/** Stops them; answers what ours counted, if it says so. */
export async function stopBrokers(brokers: readonly Broker[]): Promise<Counters | null> {
  let counters: Counters | null = null;
  for (const { target } of brokers) {
    const output = await target.stop();
    if (target.name === 'ours') counters = readCounters(output);
  }
  return counters;
}
