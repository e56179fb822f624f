/** A client that keeps many requests in flight on one connection, and answers each with its frame. */
import { connect, type Socket } from 'node:net';
import { apiRow } from '#engine/protocol/api-table.ts';
import { Reader } from '#engine/protocol/reader.ts';
import { Writer } from '#engine/protocol/writer.ts';
import { ClosedByBroker } from './wire-client.ts';

type Row = NonNullable<ReturnType<typeof apiRow>>;
interface Codecs {
  readonly request: Awaited<ReturnType<Row['loadRequest']>>;
  readonly response: Awaited<ReturnType<Row['loadResponse']>>;
}

const codecs = new Map<number, Codecs>();

async function loadCodecs(key: number): Promise<Codecs> {
  const row = apiRow(key)!;
  const [request, response] = await Promise.all([row.loadRequest(), row.loadResponse()]);
  codecs.set(key, { request, response });
  return { request, response };
}

interface Waiting {
  readonly correlationId: number;
  resolve(frame: Buffer): void;
  reject(error: Error): void;
}

export class PipelinedClient {
  readonly socket: Socket;
  /** Of an error, or of the broker's closing. */
  readonly closed: Promise<void>;
  isClosed = false;
  readonly #waiting: Waiting[] = [];
  #received: Buffer[] = [];
  #receivedBytes = 0;
  #correlationId = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk) => {
      this.#received.push(chunk);
      this.#receivedBytes += chunk.length;
      this.#deliver();
    });
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.isClosed = true;
        for (const waiting of this.#waiting.splice(0)) waiting.reject(new ClosedByBroker('the connection is closed'));
        resolve();
      });
    });
  }

  static connect(port: number): Promise<PipelinedClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new PipelinedClient(socket));
      });
    });
  }

  close(): void {
    this.socket.destroy();
  }

  /** Sends `message` as a request of the API; answers the decoded response. Rejects with ClosedByBroker. */
  async call<Res = object>(key: number, version: number, message: object): Promise<Res> {
    const row = apiRow(key)!;
    const { request, response } = codecs.get(key) ?? (await loadCodecs(key));
    const writer = new Writer();
    request.encode(writer, message, version);
    const frame = await this.send(requestFrame(key, version, this.nextId(), writer.toBytes()));
    const reader = new Reader(frame);
    reader.int32();
    if (row.responseHeaderVersion(version) === 1) reader.skipTags();
    return response.decode(reader, version) as Res;
  }

  nextId(): number {
    this.#correlationId += 1;
    return this.#correlationId;
  }

  /** Sends a whole frame that bears the correlation id last given out. */
  send(frame: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) {
        reject(new ClosedByBroker('the connection is closed'));
        return;
      }
      this.#waiting.push({ correlationId: Buffer.from(frame).readInt32BE(8), resolve, reject });
      this.socket.write(frame);
    });
  }

  #deliver(): void {
    for (;;) {
      if (this.#receivedBytes < 4) return;
      if (this.#received[0]!.length < 4) this.#received = [Buffer.concat(this.#received)];
      const size = this.#received[0]!.readInt32BE(0);
      if (this.#receivedBytes < 4 + size) return;
      if (this.#received[0]!.length < 4 + size) this.#received = [Buffer.concat(this.#received)];
      const first = this.#received[0]!;
      const frame = first.subarray(4, 4 + size);
      const rest = first.subarray(4 + size);
      if (rest.length > 0) this.#received[0] = rest;
      else this.#received.shift();
      this.#receivedBytes -= 4 + size;
      const waiting = this.#waiting.shift();
      if (waiting === undefined) throw new Error('an answer to nothing');
      if (frame.readInt32BE(0) !== waiting.correlationId) throw new Error('answers out of order');
      waiting.resolve(frame);
    }
  }
}

export function requestFrame(key: number, version: number, correlationId: number, body: Uint8Array): Buffer {
  const clientId = Buffer.from('pipelined');
  const headerVersion = apiRow(key)!.requestHeaderVersion(version);
  const head = Buffer.alloc(14 + clientId.length + (headerVersion >= 2 ? 1 : 0));
  head.writeInt32BE(head.length - 4 + body.length, 0);
  head.writeInt16BE(key, 4);
  head.writeInt16BE(version, 6);
  head.writeInt32BE(correlationId, 8);
  head.writeInt16BE(clientId.length, 12);
  head.set(clientId, 14);
  return Buffer.concat([head, body]);
}
