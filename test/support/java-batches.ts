/** Record batches built and read by Apache Kafka's own code (test/support/java/RecordBatches.java). */
import { join } from 'node:path';
import { runTool } from './apache-kafka.ts';

const source = join(import.meta.dirname, 'java', 'RecordBatches.java');

export interface JavaRecord {
  readonly timestampMs: number;
  /** Base64, or null. */
  readonly key: string | null;
  /** Base64, or null. */
  readonly value: string | null;
  readonly headers: readonly { readonly key: string; readonly value: string | null }[];
}

export interface JavaReadBatch {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly maxTimestamp: number;
  readonly partitionLeaderEpoch: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly lastSequence: number;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  readonly codec: string;
  readonly timestampType: string;
  readonly records: readonly (JavaRecord & { readonly offset: number })[];
}

export type JavaRequest =
  | {
      readonly op: 'build';
      readonly codec?: string;
      readonly level?: number;
      readonly baseOffset?: number;
      readonly logAppendTimeMs?: number;
      readonly partitionLeaderEpoch?: number;
      readonly producerId?: number;
      readonly producerEpoch?: number;
      readonly baseSequence?: number;
      readonly isTransactional?: boolean;
      readonly records: readonly JavaRecord[];
    }
  | {
      readonly op: 'marker';
      readonly commit: boolean;
      readonly baseOffset: number;
      readonly timestampMs: number;
      readonly partitionLeaderEpoch: number;
      readonly producerId: number;
      readonly producerEpoch: number;
      readonly coordinatorEpoch: number;
    }
  | {
      readonly op: 'leaderChange';
      readonly baseOffset: number;
      readonly timestampMs: number;
      readonly partitionLeaderEpoch: number;
      readonly leaderId: number;
    }
  | { readonly op: 'read'; readonly batch: string };

export interface JavaAnswer {
  /** Base64, after all but `read`. */
  readonly batch?: string;
  /** After `read`. */
  readonly batches?: readonly JavaReadBatch[];
  readonly error?: string;
}

/** Runs all requests in one Java process; the answers come in the same order. */
export async function askJava(requests: readonly JavaRequest[]): Promise<JavaAnswer[]> {
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  const { code, stdout, stderr } = await runTool(source, [], { input });
  if (code !== 0) throw new Error(`RecordBatches.java ended with status ${code}: ${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JavaAnswer);
}

export function toBase64(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
