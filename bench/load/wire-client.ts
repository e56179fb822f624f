/** A client for what the harness asks a broker besides the load: topics, their ids, filling them, the first answer after a start. */
import { connect, type Socket } from 'node:net';
import { apiTable } from '../../engine/protocol/api-table.ts';
import { encodeRequestHeader } from '../../engine/protocol/generated/request-header.js';
import { decodeResponseHeader } from '../../engine/protocol/generated/response-header.js';
import { Reader } from '../../engine/protocol/reader.ts';
import { Writer } from '../../engine/protocol/writer.ts';

/** A whole request, its size in front. */
export async function encodeFrame(apiKey: number, version: number, clientId: string, body: object): Promise<Buffer> {
  const row = apiRow(apiKey);
  const codec = await row.loadRequest();
  const writer = new Writer();
  const header = { requestApiKey: apiKey, requestApiVersion: version, correlationId: 1, clientId };
  encodeRequestHeader(writer, header, row.requestHeaderVersion(version));
  codec.encode(writer, body, version);
  return withSize(writer.toBytes());
}

/** A whole answer, its size in front. */
export async function encodeAnswer(apiKey: number, version: number, body: object): Promise<Buffer> {
  const row = apiRow(apiKey);
  const codec = await row.loadResponse();
  const writer = new Writer();
  writer.int32(1);
  if (row.responseHeaderVersion(version) > 0) writer.uvarint(0);
  codec.encode(writer, body, version);
  return withSize(writer.toBytes());
}

function apiRow(apiKey: number) {
  const row = apiTable.find((one) => one.key === apiKey);
  if (row === undefined) throw new Error(`no api ${apiKey}`);
  return row;
}

function withSize(bytes: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(bytes.length + 4);
  frame.writeUInt32BE(bytes.length, 0);
  frame.set(bytes, 4);
  return frame;
}

export class WireClient {
  readonly #socket: Socket;
  readonly #waiting: { resolve(frame: Buffer): void; reject(error: Error): void }[] = [];
  #chunks: Buffer[] = [];
  #bytes = 0;
  #error: Error | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#landed(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the broker closed the connection')));
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

  /** Sends a request and decodes its answer. */
  async call<T>(apiKey: number, version: number, body: object): Promise<T> {
    const answer = await this.send(await encodeFrame(apiKey, version, 'bench', body));
    const reader = new Reader(answer);
    decodeResponseHeader(reader, apiRow(apiKey).responseHeaderVersion(version));
    const codec = await apiRow(apiKey).loadResponse();
    return codec.decode(reader, version) as T;
  }

  /** Sends a frame; resolves to the answer without its size. Frames may be sent before earlier ones are answered. */
  send(frame: Buffer): Promise<Buffer> {
    if (this.#error !== null) return Promise.reject(this.#error);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#socket.write(frame);
    });
  }

  close(): void {
    this.#socket.removeAllListeners('close');
    this.#socket.destroy();
  }

  #landed(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes >= 4) {
      if (this.#chunks[0].length < 4) this.#chunks = [Buffer.concat(this.#chunks)];
      const size = this.#chunks[0].readUInt32BE(0) + 4;
      if (this.#bytes < size) return;
      const all = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
      this.#chunks = all.length === size ? [] : [all.subarray(size)];
      this.#bytes -= size;
      this.#waiting.shift()?.resolve(all.subarray(4, size));
    }
  }

  #fail(error: Error): void {
    this.#error = error;
    for (const one of this.#waiting.splice(0)) one.reject(error);
  }
}
