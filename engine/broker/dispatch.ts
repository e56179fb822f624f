import type { Logger } from '../base/logger.ts';
import type { ApiRow } from '../protocol/api-table.ts';
import { encodeAnswer, isTooLong } from '../protocol/encode-answer.ts';
import { Reader } from '../protocol/reader.ts';
import type { Init } from '../protocol/types.ts';
import type { Writer } from '../protocol/writer.ts';
import { type ExchangePort, isProtocolError, type Peer, Request, readClientId, readRequestHeader } from './request.ts';

/** How one API is served. */
export interface ApiHandler {
  readonly api: ApiRow;
  /**
   * True: requests of this API of one connection may be under way together. To others each is a barrier: it starts when
   * all before it are answered, and nothing else starts before it is answered.
   */
  readonly overlaps: boolean;
  /** Starts a request. False: it can't start now; `resume` will be called when that may have changed. */
  start(request: Request, resume: () => void): boolean;
}

/** What the dispatcher needs of a connection. */
export interface DispatchedConnection {
  readonly peer: Peer;
  /** The newest request in flight before the exchange. */
  newestBefore(exchange: ExchangePort): { readonly overlapsKey: number } | undefined;
  proceed(): void;
}

export interface DispatchOptions {
  readonly rows: readonly ApiHandler[];
  readonly logger: Logger;
  /** Answers an ApiVersions request of a version that is too new (KIP-511), or undefined where there is no such API. */
  readonly answerUnsupportedApiVersions: (request: Request) => void;
  readonly apiVersionsKey: number;
}

/** Reads a request's header, looks its API up, and starts it when what went before allows. */
export class Dispatcher {
  private readonly rows: (ApiHandler | undefined)[] = [];
  private readonly options: DispatchOptions;
  private readonly reader = new Reader(new Uint8Array(0));

  constructor(options: DispatchOptions) {
    this.options = options;
    for (const row of options.rows) this.rows[row.api.key] = row;
  }

  /** False: it can't start now, and `connection.proceed()` is called when that may have changed. */
  start(exchange: ExchangePort, connection: DispatchedConnection): boolean {
    try {
      return this.startOrThrow(exchange, connection);
    } catch (error) {
      this.giveUp(exchange, connection.peer, error);
      return true;
    }
  }

  private startOrThrow(exchange: ExchangePort, connection: DispatchedConnection): boolean {
    const reader = this.reader.reset(exchange.bytes, exchange.start, exchange.end);
    const { apiKey, version, correlationId } = readRequestHeader(reader);
    const row = this.rows[apiKey];
    if (row === undefined) {
      exchange.abort(`invalid api key ${apiKey}`);
      return true;
    }
    const before = connection.newestBefore(exchange);
    if (before !== undefined && before.overlapsKey !== apiKey) return false;
    const { api } = row;
    const supported = version >= api.minVersion && version <= api.maxVersion;
    if (!supported && apiKey !== this.options.apiVersionsKey) {
      exchange.abort(`invalid version ${version} of ${api.name} (${api.minVersion} to ${api.maxVersion})`);
      return true;
    }
    exchange.overlapsKey = row.overlaps ? apiKey : -1;
    if (!supported) {
      this.options.answerUnsupportedApiVersions(
        new Request(exchange, connection.peer, api, 0, correlationId, null, exchange.end),
      );
      return true;
    }
    const clientId = readClientId(reader, api.requestHeaderVersion(version));
    const request = new Request(exchange, connection.peer, api, version, correlationId, clientId, reader.position);
    return row.start(request, () => connection.proceed());
  }

  /** One request failed: its connection goes, and the rest of the world stays. */
  giveUp(exchange: ExchangePort, peer: Peer, error: unknown): void {
    if (isProtocolError(error)) {
      exchange.abort(`malformed request: ${error.message}`);
      return;
    }
    this.options.logger.error(
      { err: error, client: peer.host },
      'a request failed unexpectedly; its connection is closed',
    );
    exchange.abort('a request failed unexpectedly');
  }
}

export interface MessageCodec<T> {
  decode(reader: Reader, version: number): T;
  encode(writer: Writer, message: Init<T>, version: number): void;
}

/** Handles a decoded request; calls `respond` exactly once, now or later. */
export type Handler<Req, Res> = (request: Req, context: Request, respond: (response: Init<Res>) => void) => void;

/**
 * A row for an API whose messages go through the generic codecs. They are loaded on first use; until they are there,
 * the request holds back what follows on its connection.
 */
export function decodedRow<Req, Res>(
  api: ApiRow,
  handle: Handler<Req, Res>,
  fail: (context: Request, error: unknown) => void,
  overlaps = false,
): ApiHandler {
  let codecs: { request: MessageCodec<Req>; response: MessageCodec<Res> } | undefined;
  let loading: Promise<void> | undefined;
  const load = async (): Promise<void> => {
    const [request, response] = await Promise.all([api.loadRequest(), api.loadResponse()]);
    codecs = {
      request: request as unknown as MessageCodec<Req>,
      response: response as unknown as MessageCodec<Res>,
    };
  };
  return {
    api,
    overlaps,
    start(context, resume) {
      if (codecs === undefined) {
        loading ??= load();
        loading.then(resume, (error: unknown) => fail(context, error));
        return false;
      }
      const { request, response } = codecs;
      const reader = new Reader(context.exchange.bytes, context.bodyStart, context.exchange.end);
      // Bytes behind the body are ignored, as Apache Kafka does.
      const message = request.decode(reader, context.version);
      handle(message, context, (answer) => {
        try {
          context.answerEncoded((writer) => encodeAnswer(response, writer, answer, context.version));
        } catch (error) {
          if (isTooLong(error)) context.exchange.abort(`no answer can be written: ${error.message}`);
          else fail(context, error);
        }
      });
      return true;
    },
  };
}

/** A row for an API that is answered elsewhere, from the bytes of its body. Null is no answer: the connection goes. */
export function forwardedRow(
  api: ApiRow,
  forward: (request: Request, answered: (body: Uint8Array | null) => void) => void,
): ApiHandler {
  return {
    api,
    overlaps: false,
    start(request) {
      forward(request, (body) => {
        if (body === null) request.exchange.abort('malformed request');
        else request.answerBody([body]);
      });
      return true;
    },
  };
}
