import { readFileSync } from 'node:fs';
import type { Checksum, Compression } from '../base/codec.ts';
import { cleanerLimits } from '../base/limits.ts';
import type { Logger } from '../base/logger.ts';
import { collectWhenIdle } from '../io/collect-when-idle.ts';
import { createLogger } from '../io/logger.ts';
import { isLoopback } from '../io/net/loopback.ts';
import { threadPoolSize } from '../io/open-files.ts';
import {
  type BrokerConfig,
  brokerConfigWarnings,
  builtInProperties,
  parseBrokerConfig,
  shardCount,
} from '../metadata/config/broker-config.ts';
import type { Endpoint } from '../metadata/config/listeners.ts';
import { decodeProperties, parseOverride, parseProperties } from '../metadata/config/properties.ts';
import type { MessageCodec } from '../node/mesh.ts';
import { Node } from './node.ts';
import { openListeners, unsupported } from './supported.ts';
import { millraceVersion } from './version.ts';

/** Exit statuses, one a cause. */
const exitStatus = { ok: 0, refused: 1, usage: 2, fatal: 3 } as const;

export interface MainOptions {
  readonly arguments: readonly string[];
  readonly shardEntry: URL;
  readonly metricsEntry: URL;
  readonly checksum: Checksum;
  readonly compression: Compression;
  /** What could not be loaded and is done by plain code, a line each. */
  readonly missingNatives: readonly string[];
  /** Loaded late: msgpackr uses libuv's pool when it is loaded, and the pool takes its size from the first use. */
  readonly loadCodec: () => Promise<MessageCodec>;
}

class UsageError extends Error {}

/** `millrace [server.properties] [--override key=value]…`: runs a node until SIGTERM or SIGINT. */
export async function main(options: MainOptions): Promise<void> {
  const startedAt = performance.timeOrigin;
  const logLevel = logLevelOf(process.env.MILLRACE_LOG_LEVEL);
  const logger = createLogger({ thread: 'coordinator', level: logLevel });
  const refuse = (status: number, error: unknown): void => {
    process.stderr.write(`millrace: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(status);
  };
  let config: BrokerConfig;
  let properties: ReadonlyMap<string, string>;
  try {
    properties = readProperties(options.arguments);
    config = parseBrokerConfig(properties);
    const [lacking] = unsupported(config);
    if (lacking !== undefined) throw new UsageError(`${lacking} in this release`);
  } catch (error) {
    refuse(exitStatus.usage, error);
    return;
  }
  for (const warning of brokerConfigWarnings(config)) logger.warn({}, warning);
  for (const missing of options.missingNatives)
    logger.warn({}, `plain code stands in for a native package: ${missing}`);
  for (const { listener, host } of openListeners(config.listeners)) {
    logger.warn(
      { listener, host },
      'whoever reaches this listener may do anything: it is neither encrypted nor authenticated',
    );
  }
  const metrics = config.metricsListener;
  if (metrics !== null && !isLoopback(metrics.host)) {
    logger.warn(
      { host: metrics.host },
      'whoever reaches the metrics listener may read metrics, names of topics among them',
    );
  }
  const disks = config.logDirs.length * (shardCount(config, navigator.hardwareConcurrency) + 1);
  // A cleaning has one operation in flight.
  const cleanings = Math.min(config.values.number('log.cleaner.threads'), cleanerLimits.mostThreads);
  process.env.UV_THREADPOOL_SIZE ??= String(threadPoolSize(disks, 2) + cleanings);
  const { shardEntry, metricsEntry, checksum, compression, loadCodec } = options;
  const codec = await loadCodec();
  const node = new Node({
    properties,
    config,
    logger,
    logLevel,
    shardEntry,
    metricsEntry,
    checksum,
    compression,
    codec,
    fatal: (reason, error) => {
      logger.error({ err: error }, `${reason}; the process ends`);
      process.exit(exitStatus.fatal);
    },
  });
  try {
    await node.start();
  } catch (error) {
    refuse(exitStatus.refused, error);
    return;
  }
  // Before it is said that we serve: whoever reads that may ask us to stop.
  handleSignals(node, logger);
  logStart(node, config, options.missingNatives, logger);
  const startMs = Math.round(performance.timeOrigin + performance.now() - startedAt);
  const served = config.isBroker ? config.brokerListeners : config.controllerListeners;
  logger.info({ nodeId: config.nodeId, startMs }, `serving on ${shownListeners(served)}`);
  collectWhenIdle();
}

/** What a person asks first: what runs here, of which cluster, and where its data is. */
function logStart(node: Node, config: BrokerConfig, missingNatives: readonly string[], logger: Logger): void {
  const { clusterId, shards, directories } = node.facts;
  const version = millraceVersion();
  const natives = missingNatives.length === 0 ? 'all' : `all but ${missingNatives.length}`;
  const controllers = shownListeners(config.controllerListeners);
  logger.info(
    {
      version,
      nodeId: config.nodeId,
      clusterId,
      shards,
      natives,
      controllers,
      runtime: `Node ${process.versions.node}`,
    },
    `Millrace ${version}, node ${config.nodeId} of cluster ${clusterId}`,
  );
  for (const { path, disk, isClean, logsWord } of directories) {
    const logs = Atomics.load(new Int32Array(logsWord), 0);
    const state = disk.isOnline() ? 'online' : 'offline';
    const lastStop = isClean ? 'clean' : logs === 0 ? 'none' : 'not clean: logs are recovered in the background';
    logger.info({ path, state, logs, lastStop }, 'log directory');
  }
}

function shownListeners(endpoints: readonly Endpoint[]): string {
  return endpoints.map(({ listener, host, port }) => `${listener}://${host}:${port}`).join(', ');
}

function handleSignals(node: Node, logger: ReturnType<typeof createLogger>): void {
  let isStopping = false;
  const stop = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    const begunAtMs = performance.now();
    logger.info({ signal }, 'shutting down');
    node.stop().then(
      () => {
        const stopMs = Math.round(performance.now() - begunAtMs);
        const upSeconds = Math.round(performance.now() / 1000);
        logger.info({ stopMs, upSeconds, counters: node.counters() }, 'stopped');
        process.exit(exitStatus.ok);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'the shutdown was not clean');
        process.exit(exitStatus.fatal);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function readProperties(parameters: readonly string[]): Map<string, string> {
  let properties: Map<string, string> | undefined;
  const overrides: [string, string][] = [];
  for (let index = 0; index < parameters.length; index++) {
    const parameter = parameters[index]!;
    if (parameter === '--override') {
      index += 1;
      if (parameters[index] === undefined) throw new UsageError('--override takes key=value');
      overrides.push(parseOverride(parameters[index]!));
    } else if (parameter.startsWith('-')) {
      throw new UsageError(`unknown option ${parameter}; usage: millrace [server.properties] [--override key=value]…`);
    } else if (properties === undefined) {
      properties = parseProperties(decodeProperties(readFile(parameter)));
    } else {
      throw new UsageError(`one properties file at most: ${parameter} is the second`);
    }
  }
  const merged = properties ?? builtInProperties();
  for (const [key, value] of overrides) merged.set(key, value);
  return merged;
}

function readFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function logLevelOf(text: string | undefined): 'debug' | 'info' | 'warn' | 'error' | 'silent' {
  switch (text) {
    case 'debug':
    case 'warn':
    case 'error':
    case 'silent':
      return text;
    default:
      return 'info';
  }
}
