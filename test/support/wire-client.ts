/** A client that speaks every API through the generated codecs, for sending exactly what a test wants to send. */
import { connect, type Socket } from 'node:net';
import { apiRow } from '#engine/protocol/api-table.ts';
import { Reader } from '#engine/protocol/reader.ts';
import { Writer } from '#engine/protocol/writer.ts';
import { patienceMs } from './until.ts';

/** The broker closed the connection in place of an answer. */
export class ClosedByBroker extends Error {
  override readonly name = 'ClosedByBroker';
}

/** One connection. Requests may be sent before earlier ones are answered; answers come in order. */
export class WireClient {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #correlationId = 0;
  #isClosed = false;
  readonly #waiting: { resolve(frame: Buffer): void; reject(error: Error): void }[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#deliver();
    });
    const lost = () => {
      this.#isClosed = true;
      for (const { reject } of this.#waiting.splice(0)) reject(new ClosedByBroker('the broker closed the connection'));
    };
    socket.on('error', lost);
    socket.on('close', lost);
  }

  static connect(port: number): Promise<WireClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new WireClient(socket));
      });
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Sends `message` as a request of the API and answers the decoded response. Throws ClosedByBroker. */
  async call(key: number, version: number, message: object): Promise<object> {
    const row = apiRow(key);
    if (row === undefined) throw new Error(`there is no api with key ${key}`);
    const [request, response] = await Promise.all([row.loadRequest(), row.loadResponse()]);
    const writer = new Writer();
    request.encode(writer, message, version);
    const frame = await this.callRaw(key, version, row.requestHeaderVersion(version), writer.toBytes());
    const reader = new Reader(frame);
    reader.int32();
    if (row.responseHeaderVersion(version) === 1) reader.skipTags();
    return response.decode(reader, version);
  }

  /** Sends a body as it is; answers the frame, which begins with the correlation id. */
  async callRaw(key: number, version: number, headerVersion: number, body: Uint8Array): Promise<Buffer> {
    if (this.#isClosed) throw new ClosedByBroker('the broker closed the connection');
    const correlationId = ++this.#correlationId;
    const clientId = Buffer.from('wire');
    const head = Buffer.alloc(14 + clientId.length + (headerVersion >= 2 ? 1 : 0));
    head.writeInt32BE(head.length - 4 + body.length, 0);
    head.writeInt16BE(key, 4);
    head.writeInt16BE(version, 6);
    head.writeInt32BE(correlationId, 8);
    head.writeInt16BE(clientId.length, 12);
    head.set(clientId, 14);
    const frame = await new Promise<Buffer>((resolve, reject) => {
      const late = () => reject(new Error(`no answer to api ${key}, version ${version}, in ${patienceMs} ms`));
      const timer = setTimeout(late, patienceMs);
      const settle = <T>(done: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(timer);
          done(value);
        };
      };
      this.#waiting.push({ resolve: settle(resolve), reject: settle(reject) });
      this.#socket.write(Buffer.concat([head, body]));
    });
    if (frame.readInt32BE(0) !== correlationId) throw new Error('an answer to another request');
    return frame;
  }

  #deliver(): void {
    while (this.#waiting.length > 0 && this.#received.length >= 4) {
      const end = 4 + this.#received.readInt32BE(0);
      if (this.#received.length < end) return;
      const frame = this.#received.subarray(4, end);
      this.#received = this.#received.subarray(end);
      this.#waiting.shift()!.resolve(frame);
    }
  }
}

/** One request to a node, over a connection of its own. */
export async function callOnce<Answer>(port: number, key: number, version: number, message: object): Promise<Answer> {
  const client = await WireClient.connect(port);
  try {
    return (await client.call(key, version, message)) as Answer;
  } finally {
    client.close();
  }
}
