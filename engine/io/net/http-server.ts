import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { httpLimits } from '../../base/limits.ts';
import { BindError } from './bind-error.ts';
import { isLoopback, namesThisMachine } from './loopback.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface HttpServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Answers GET of a path, without its query; undefined where there is no such page. */
  readonly respond: (path: string, accept: string | undefined) => HttpAnswer | undefined;
  /** A page that could not be made, or a connection that could not be accepted. */
  readonly failed: (error: unknown) => void;
}

export interface HttpServer {
  readonly port: number;
  close(): void;
}

const plain = 'text/plain; charset=utf-8';

/**
 * Serves pages that are read and never written, to few at a time. Whoever is slow, sends much or stays for long is
 * disconnected. Rejects with BindError.
 */
export function serveHttp(options: HttpServerOptions): Promise<HttpServer> {
  const { headerBytes, headersMs, requestMs, idleMs, connections, requestsPerConnection } = httpLimits;
  const server = createServer(
    {
      maxHeaderSize: headerBytes,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: headersMs / 4,
    },
    (request, response) => answer(options, request, response),
  );
  server.maxConnections = connections;
  server.maxRequestsPerSocket = requestsPerConnection;
  // Rubbish and headers that are too large: Node's own answer, then the end.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === 'ECONNRESET') socket.destroy();
    else {
      const refusal = `HTTP/1.1 ${statusOf(error.code)}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
      socket.end(refusal, () => socket.destroy());
    }
  });
  return bind(server, options);
}

function statusOf(code: string | undefined): string {
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
}

function bind(server: Server, { host, port, failed }: HttpServerOptions): Promise<HttpServer> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new BindError(host, port, error)));
    server.listen({ host, port }, () => {
      server.removeAllListeners('error');
      server.on('error', failed);
      const address = server.address();
      resolve({
        port: address !== null && typeof address === 'object' ? address.port : port,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}

function answer(options: HttpServerOptions, request: IncomingMessage, response: ServerResponse): void {
  const { method, headers } = request;
  // A peer that does not read its answer, or a little now and then, would keep it here.
  const limit = setTimeout(() => response.destroy(), httpLimits.requestMs);
  response.once('close', () => clearTimeout(limit));
  // A body is not read: what follows on the connection would be taken for it.
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;
  if (hasBody) response.shouldKeepAlive = false;
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    send(response, { status: 405, contentType: plain, body: 'GET and HEAD only\n' });
    return;
  }
  if (isLoopback(options.host) && !namesThisMachine(headers.host)) {
    send(response, { status: 421, contentType: plain, body: 'this is not served under that name\n' });
    return;
  }
  const [path] = (request.url ?? '').split('?', 1);
  try {
    const page = options.respond(path ?? '', headers.accept);
    send(response, page ?? { status: 404, contentType: plain, body: 'no such page\n' });
  } catch (error) {
    options.failed(error);
    send(response, { status: 500, contentType: plain, body: 'the page could not be made\n' });
  }
}

function send(response: ServerResponse, { status, contentType, body }: HttpAnswer): void {
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}
