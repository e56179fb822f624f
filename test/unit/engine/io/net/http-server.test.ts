import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { httpLimits } from '#engine/base/limits.ts';
import { BindError } from '#engine/io/net/bind-error.ts';
import { type HttpServer, serveHttp } from '#engine/io/net/http-server.ts';
import { getPage } from '../../../../support/read-metrics.ts';

const failures: unknown[] = [];

async function serve(t: TestContext, body = 'a page\n'): Promise<HttpServer> {
  const server = await serveHttp({
    host: '127.0.0.1',
    port: 0,
    respond: (path, accept) => {
      if (path === '/throws') throw new Error('a page that cannot be made');
      if (path !== '/page') return undefined;
      return { status: 200, contentType: 'text/plain', body: accept === 'x/y' ? 'for x/y\n' : body };
    },
    failed: (error) => failures.push(error),
  });
  t.after(() => server.close());
  return server;
}

/** Sends bytes and answers all that comes until the server closes the connection. */
async function exchange(server: HttpServer, bytes: string, andThen: (socket: Socket) => void = () => {}) {
  const socket = connect(server.port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // A server that closes on what it does not read resets the connection.
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  andThen(socket);
  await closed(socket);
  return Buffer.concat(chunks).toString();
}

/** Waits for the end, however it comes about. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));
}

const statusLine = (answer: string): string => answer.split('\r\n', 1)[0]!;

test('pages, with and without a query; HEAD; what is not there; other methods; a page that fails', async (t) => {
  const server = await serve(t);
  assert.deepEqual(await getPage(server.port, '/page'), { status: 200, text: 'a page\n', contentType: 'text/plain' });
  assert.equal((await getPage(server.port, '/page?x=1', 'x/y')).text, 'for x/y\n');
  assert.equal((await getPage(server.port, '/')).status, 404);
  const close = 'Host: localhost\r\nConnection: close\r\n\r\n';
  const head = await exchange(server, `HEAD /page HTTP/1.1\r\n${close}`);
  assert.equal(statusLine(head), 'HTTP/1.1 200 OK');
  assert.ok(head.includes('Content-Length: 7') && head.endsWith('\r\n\r\n'));
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
    const answer = await exchange(server, `${method} /page HTTP/1.1\r\n${close}`);
    assert.equal(statusLine(answer), 'HTTP/1.1 405 Method Not Allowed');
    assert.match(answer, /\r\nAllow: GET, HEAD\r\n/);
  }
  assert.equal((await getPage(server.port, '/throws')).status, 500);
  assert.match(String(failures.pop()), /a page that cannot be made/);
});

test('on a loopback address a request names an address or this machine: a page of another origin has its own name', async (t) => {
  const server = await serve(t);
  for (const [host, status] of [
    ['localhost', 200],
    ['localhost:9644', 200],
    ['a.localhost', 200],
    ['127.0.0.1:1', 200],
    ['[::1]:1', 200],
    ['', 200],
    ['evil.example', 421],
    ['evil.example:9644', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost.evil.example', 421],
  ] as const) {
    const answer = await exchange(server, `GET /page HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    assert.match(statusLine(answer), new RegExp(`^HTTP/1\\.1 ${status} `), host);
  }
});

test('a body is not read, and ends the connection; rubbish and large headers are refused', async (t) => {
  const server = await serve(t);
  const smuggled = 'GET /throws HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const withBody = await exchange(
    server,
    `GET /page HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`,
  );
  assert.equal(statusLine(withBody), 'HTTP/1.1 200 OK');
  assert.equal(withBody.split('HTTP/1.1 ').length, 2, 'one answer');
  assert.deepEqual(failures, []);
  assert.match(statusLine(await exchange(server, '\x00\x01 what is this\r\n\r\n')), /^HTTP\/1\.1 400 /);
  const header = `X: ${'y'.repeat(httpLimits.headerBytes)}\r\n`;
  const large = await exchange(server, `GET /page HTTP/1.1\r\nHost: localhost\r\n${header}\r\n`);
  assert.match(statusLine(large), /^HTTP\/1\.1 431 /);
  const endless = await exchange(server, 'GET /', (socket) => socket.write('x'.repeat(100_000)));
  assert.match(statusLine(endless), /^HTTP\/1\.1 4\d\d /);
  assert.equal((await getPage(server.port, '/page')).status, 200);
});

test('whoever is slow with headers, or does not read, is disconnected', async (t) => {
  const server = await serve(t, 'x'.repeat(64 << 20));
  const slow = exchange(server, 'GET /page HTTP/1.1\r\n', (socket) => {
    const drip = setInterval(() => socket.write('X: y\r\n'), 200);
    socket.on('close', () => clearInterval(drip));
  });
  const deaf = connect(server.port, '127.0.0.1');
  deaf.on('error', () => {});
  await once(deaf, 'connect');
  deaf.write('GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n');
  deaf.pause();
  assert.match(statusLine(await slow), /^HTTP\/1\.1 408 /);
  // Its end shows once it reads again: not all of the page has come.
  await sleep(httpLimits.requestMs + 2000);
  let bytes = 0;
  deaf.on('data', (chunk) => {
    bytes += chunk.length;
  });
  deaf.resume();
  await closed(deaf);
  assert.ok(bytes < 64 << 20, `${bytes} bytes came`);
});

test('more connections than there may be are closed, and those that are there go on', async (t) => {
  const server = await serve(t);
  const sockets = Array.from({ length: httpLimits.connections }, () => connect(server.port, '127.0.0.1'));
  t.after(() => sockets.forEach((socket) => void socket.destroy()));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  assert.equal(await exchange(server, 'GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n'), '');
  const [answer] = await Promise.all([
    once(sockets[0]!, 'data'),
    sockets[0]!.write('GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  ]);
  assert.match(String(answer[0]), /^HTTP\/1\.1 200 OK/);
  sockets[1]!.destroy();
  await closed(sockets[1]!);
  await sleep(100);
  assert.equal((await getPage(server.port, '/page')).status, 200);
});

test('a port in use is refused in one line', async (t) => {
  const server = await serve(t);
  const second = serveHttp({ host: '127.0.0.1', port: server.port, respond: () => undefined, failed: () => {} });
  await assert.rejects(second, (error: Error) => {
    assert.ok(error instanceof BindError && error.reason === 'address-in-use');
    return true;
  });
});
