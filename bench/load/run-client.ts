/** Runs the load client for one round. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '../compile.ts';
import { cpuSeconds } from '../process-stats.ts';
import { type FrameSet, writeFrames } from './frames.ts';
import { runProgram } from './run-program.ts';

export interface ClientOptions {
  readonly connections: number;
  /** Threads of the client. */
  readonly threads: number;
  readonly inFlight: number;
  readonly warmUpMs: number;
  readonly durationMs: number;
  /** Sent and received together; the run ends there at the latest. */
  readonly maxBytes: number;
  readonly acks: number;
  /** How many requests one system call may send: 1 is what producers do, more takes less of the machine. */
  readonly gather: number;
  /** Requests a second of each connection, timed from when they were due; as much as goes if left out. */
  readonly rate?: number;
}

/** What the client counted between warm-up and end; `all…` with the warm-up. */
export interface ClientResult {
  readonly requests: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  readonly errors: number;
  readonly seconds: number;
  readonly allRequests: number;
  readonly allBytesSent: number;
  readonly allBytesReceived: number;
  readonly allSeconds: number;
  readonly clientCpuSeconds: number;
  /** From the sending of a request to its answer; at a rate, from the moment at which it was due. */
  readonly latencyUs: { readonly p50: number; readonly p99: number; readonly p999: number; readonly max: number };
}

/** The processes that a round measures, and their ports, which the connections take in turn. */
export interface Measured {
  readonly port: number;
  readonly pid: number;
  /** The other nodes of a cluster. */
  readonly others?: readonly Measured[];
}

export interface Round extends ClientResult {
  /** Of the measured processes, warm-up included. */
  readonly brokerCpuSeconds: number;
}

/** Throws where not a single request was counted: there would be no figures. */
export async function runClient(target: Measured, frames: FrameSet, options: ClientOptions): Promise<Round> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-load-'));
  const file = join(directory, 'frames');
  writeFrames(file, frames.frames);
  const numbers = [
    options.connections,
    options.threads,
    options.inFlight,
    options.warmUpMs,
    options.durationMs,
    options.maxBytes,
    frames.errorAt,
    options.acks === 0 ? 0 : 1,
    options.gather,
    options.rate ?? 0,
  ];
  const measured = [target, ...(target.others ?? [])];
  const cpu = () => measured.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
  const ports = measured.map(({ port }) => port).join(',');
  const before = cpu();
  try {
    const args = [file, '127.0.0.1', ports, ...numbers.map(String)];
    const result = (await runProgram(compile('load/client.c'), args)) as ClientResult;
    if (result.requests === 0) throw new Error('nothing was counted between the warm-up and the end');
    return { ...result, brokerCpuSeconds: cpu() - before };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
