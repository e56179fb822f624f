import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { assert } from '../engine/base/assert.ts';
import { sharedMs } from '../engine/io/clock.ts';
import { collectWhenIdle } from '../engine/io/collect-when-idle.ts';
import { DirectoryState } from '../engine/io/disk/directory-state.ts';
import { type HttpAnswer, type HttpServer, serveHttp } from '../engine/io/net/http-server.ts';
import { processNumbers } from '../engine/io/process-facts.ts';
import { SharedMetadata } from '../engine/metadata/columns/shared-metadata.ts';
import { contentType, formatFor } from '../engine/node/metrics/exposition.ts';
import { healthOf } from '../engine/node/metrics/health.ts';
import { MetadataReader } from '../engine/node/metrics/metadata-reader.ts';
import type { MetricsSource } from '../engine/node/metrics/metrics-source.ts';
import type { MetricsCommand, MetricsReport, MetricsTask } from '../engine/node/metrics/metrics-task.ts';
import { NodeCells } from '../engine/node/metrics/node-cells.ts';
import { noteIntervalMs, Recent } from '../engine/node/metrics/recent.ts';
import { renderMetrics } from '../engine/node/metrics/render-metrics.ts';
import { sumThreads } from '../engine/node/metrics/thread-sums.ts';
import { readReplicationRates } from '../engine/node/partitions/replication-quotas.ts';

/** The thread that serves /metrics and /healthz. It asks nobody: all that it says lies in shared memory. */
class MetricsThread {
  private readonly task: MetricsTask;
  private readonly port: NonNullable<typeof parentPort>;
  private readonly source: MetricsSource;
  private readonly timer: NodeJS.Timeout;
  private server: HttpServer | undefined;
  private isClosed = false;

  constructor(task: MetricsTask, port: NonNullable<typeof parentPort>) {
    this.task = task;
    this.port = port;
    this.source = sourceOf(task);
    const note = (): void => this.source.recent.note(sharedMs(), sumThreads(this.source.threads));
    note();
    this.timer = setInterval(note, noteIntervalMs);
    port.on('message', (command: MetricsCommand) => this.obey(command));
    this.listen();
    collectWhenIdle();
  }

  private listen(): void {
    const { host, port } = this.task;
    serveHttp({
      host,
      port,
      respond: (path, accept) => this.respond(path, accept),
      failed: (error) =>
        this.report({ kind: 'failed', message: error instanceof Error ? String(error.stack) : String(error) }),
    }).then(
      (server) => {
        this.server = server;
        // It was told to end while it began.
        if (this.isClosed) server.close();
        this.report({ kind: 'listening', port: server.port });
      },
      (error: Error) => {
        this.report({ kind: 'refused', message: error.message });
        this.close();
      },
    );
  }

  private respond(path: string, accept: string | undefined): HttpAnswer | undefined {
    // What is under way to this thread comes first: rows may name memory that it tells of.
    for (let next = receiveMessageOnPort(this.port); next !== undefined; next = receiveMessageOnPort(this.port)) {
      this.obey(next.message as MetricsCommand);
    }
    const moment = { sharedMs: sharedMs(), wallMs: Date.now() };
    if (path === '/metrics') {
      const format = formatFor(accept);
      const body = renderMetrics(format, this.source, processNumbers(this.task.startedAtMs), moment);
      return { status: 200, contentType: contentType[format], body };
    }
    if (path !== '/healthz') return undefined;
    const health = healthOf(this.source, moment);
    const status = health.status === 'ok' ? 200 : 503;
    return { status, contentType: 'application/json; charset=utf-8', body: `${JSON.stringify(health)}\n` };
  }

  private obey(command: MetricsCommand): void {
    if (command.kind === 'close') this.close();
    else for (const segment of command.segments) this.source.metadata.addSegment(segment);
  }

  private close(): void {
    this.isClosed = true;
    clearInterval(this.timer);
    this.server?.close();
    this.port.close();
  }

  private report(report: MetricsReport): void {
    this.port.postMessage(report);
  }
}

function sourceOf(task: MetricsTask): MetricsSource {
  const metadata = new SharedMetadata(task.metadata);
  const { nodeId, clusterId, version, shards, listeners, mostPartitions } = task;
  return {
    nodeId,
    clusterId,
    version,
    shards,
    listeners,
    mostPartitions,
    threads: task.threads.map((cells) => new Float64Array(cells)),
    node: new NodeCells(task.node),
    metadata,
    reader: new MetadataReader(metadata, nodeId),
    recent: new Recent(),
    throttled: readReplicationRates(task.replicationRates, sharedMs),
    directories: task.directories.map(({ path, state, logs }) => {
      const word = new DirectoryState(new Int32Array(state));
      const count = new Int32Array(logs);
      return { path, isOnline: () => word.isOnline(), logs: () => Atomics.load(count, 0) };
    }),
  };
}

assert(parentPort !== null, 'the metrics thread is started by the coordinator');
new MetricsThread(workerData as MetricsTask, parentPort);
