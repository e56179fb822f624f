import { Worker } from 'node:worker_threads';
import type { Logger } from '../base/logger.ts';
import type { MetricsListener } from '../metadata/config/metrics-listener.ts';
import type { MetricsCommand, MetricsReport, MetricsTask } from '../node/metrics/metrics-task.ts';

export interface MetricsServiceOptions {
  readonly listener: MetricsListener;
  /** Module of the thread. */
  readonly entry: URL;
  readonly logger: Logger;
  /** Made anew for each start of the thread. */
  readonly task: () => MetricsTask;
}

/** Of its heap, beyond which the thread is given up and started again: pages of many metrics are large. */
const heapMb = 256;
const youngHeapMb = 4;
const restartMs = 1000;

/** The thread that serves metrics, as the coordinator keeps it: what becomes of it is of no consequence to others. */
export class MetricsService {
  private readonly options: MetricsServiceOptions;
  private worker: Worker | undefined;
  private retry: NodeJS.Timeout | undefined;
  private isClosing = false;
  /** Where it listens, once it does. */
  port: number | undefined;

  constructor(options: MetricsServiceOptions) {
    this.options = options;
  }

  start(): void {
    const { entry, logger, task } = this.options;
    const worker = new Worker(entry, {
      name: 'metrics',
      workerData: task(),
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngHeapMb },
    });
    this.worker = worker;
    // It is no reason for the process to stay.
    worker.unref();
    worker.on('message', (report: MetricsReport) => this.reported(report));
    worker.on('error', (error) => logger.error({ err: error }, 'the metrics thread died'));
    worker.on('exit', (code) => this.exited(worker, code));
  }

  send(command: MetricsCommand): void {
    this.worker?.postMessage(command);
  }

  async close(): Promise<void> {
    this.isClosing = true;
    clearTimeout(this.retry);
    const { worker } = this;
    if (worker === undefined) return;
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    // What waits for its end needs the event loop to go on.
    worker.ref();
    this.send({ kind: 'close' });
    await exited;
  }

  private reported(report: MetricsReport): void {
    const { logger, listener } = this.options;
    if (report.kind === 'listening') {
      this.port = report.port;
      const host = listener.host.includes(':') ? `[${listener.host}]` : listener.host;
      logger.info({}, `metrics on http://${host}:${report.port}/metrics, health on /healthz`);
    } else if (report.kind === 'failed') {
      logger.error({ reason: report.message }, 'a page of metrics could not be made');
    } else if (listener.isDefault) {
      logger.warn(
        { reason: report.message },
        'metrics are not served: set millrace.metrics.listener to have them elsewhere',
      );
    } else {
      logger.error({ reason: report.message }, 'metrics are not served');
    }
  }

  private exited(worker: Worker, code: number): void {
    if (this.worker === worker) this.worker = undefined;
    // Ended in order: it was told to, or can't listen.
    if (this.isClosing || code === 0) return;
    this.retry = setTimeout(() => this.start(), restartMs);
    this.retry.unref();
  }
}
