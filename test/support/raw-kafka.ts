/** A Kafka client of a few lines, for sending requests that no proper client would send. */
import { connect, type Socket } from 'node:net';

export interface RawProduceAnswer {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly baseOffset: number;
  readonly logAppendTimeMs: number;
  readonly recordErrors: readonly { readonly batchIndex: number; readonly message: string | null }[];
}

class Bytes {
  readonly parts: Buffer[] = [];

  int(sizeBytes: 1 | 2 | 4, value: number): this {
    const part = Buffer.alloc(sizeBytes);
    part.writeIntBE(value, 0, sizeBytes);
    this.parts.push(part);
    return this;
  }

  string(value: string | null): this {
    if (value === null) return this.int(2, -1);
    this.int(2, Buffer.byteLength(value));
    this.parts.push(Buffer.from(value));
    return this;
  }

  bytes(value: Uint8Array): this {
    this.int(4, value.length);
    this.parts.push(Buffer.from(value));
    return this;
  }
}

class Fields {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int(sizeBytes: 2 | 4): number {
    this.#at += sizeBytes;
    return this.#bytes.readIntBE(this.#at - sizeBytes, sizeBytes);
  }

  int64(): number {
    this.#at += 8;
    return Number(this.#bytes.readBigInt64BE(this.#at - 8));
  }

  string(): string | null {
    const length = this.int(2);
    if (length < 0) return null;
    this.#at += length;
    return this.#bytes.toString('utf8', this.#at - length, this.#at);
  }
}

/** One connection; one request in flight. */
export class RawKafka {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #correlationId = 0;
  #waiting: { resolve(frame: Buffer): void; reject(error: Error): void } | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#deliver();
    });
    const lost = (error?: Error) => {
      this.#waiting?.reject(error ?? new Error('the broker closed the connection'));
      this.#waiting = null;
    };
    socket.on('error', lost);
    socket.on('close', () => lost());
  }

  static connect(port: number): Promise<RawKafka> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new RawKafka(socket));
      });
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Sends a request with header version 1 and answers the response's body. */
  async request(apiKey: number, version: number, body: readonly Buffer[]): Promise<Buffer> {
    const correlationId = ++this.#correlationId;
    const head = new Bytes().int(2, apiKey).int(2, version).int(4, correlationId).string('raw');
    const frame = Buffer.concat([...head.parts, ...body]);
    const answer = await new Promise<Buffer>((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(Buffer.concat([new Bytes().int(4, frame.length).parts[0], frame]));
    });
    if (answer.readInt32BE(0) !== correlationId) throw new Error('an answer to another request');
    return answer.subarray(4);
  }

  /** Produce to partition 0 of one topic (version 3 to 8), acks=all. */
  async produce(
    topic: string,
    records: Uint8Array,
    options: { version?: number; transactionalId?: string } = {},
  ): Promise<RawProduceAnswer> {
    const version = options.version ?? 8;
    const body = new Bytes()
      .string(options.transactionalId ?? null)
      .int(2, -1)
      .int(4, 10_000)
      .int(4, 1)
      .string(topic)
      .int(4, 1)
      .int(4, 0);
    const answer = new Fields(await this.request(0, version, body.bytes(records).parts));
    answer.int(4);
    answer.string();
    answer.int(4);
    answer.int(4);
    const errorCode = answer.int(2);
    const baseOffset = answer.int64();
    const logAppendTimeMs = answer.int64();
    if (version >= 5) answer.int64();
    if (version < 8) return { errorCode, errorMessage: null, baseOffset, logAppendTimeMs, recordErrors: [] };
    const recordErrors = Array.from({ length: answer.int(4) }, () => {
      const batchIndex = answer.int(4);
      return { batchIndex, message: answer.string() };
    });
    return { errorCode, errorMessage: answer.string(), baseOffset, logAppendTimeMs, recordErrors };
  }

  /** CreateTopics version 2: one partition, one replica each. Throws on the first error. */
  async createTopics(topics: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<void> {
    const names = Object.keys(topics);
    const body = new Bytes().int(4, names.length);
    for (const name of names) {
      const configs = Object.entries(topics[name]);
      body.string(name).int(4, 1).int(2, 1).int(4, 0).int(4, configs.length);
      for (const [key, value] of configs) body.string(key).string(value);
    }
    const answer = new Fields(await this.request(19, 2, body.int(4, 30_000).int(1, 0).parts));
    answer.int(4);
    for (let left = answer.int(4); left > 0; left--) {
      const name = answer.string();
      const errorCode = answer.int(2);
      const message = answer.string();
      if (errorCode !== 0) throw new Error(`topic ${name} was not created: ${errorCode} ${message}`);
    }
  }

  #deliver(): void {
    if (this.#waiting === null || this.#received.length < 4) return;
    const end = 4 + this.#received.readInt32BE(0);
    if (this.#received.length < end) return;
    const { resolve } = this.#waiting;
    this.#waiting = null;
    const frame = this.#received.subarray(4, end);
    this.#received = this.#received.subarray(end);
    resolve(frame);
  }
}
