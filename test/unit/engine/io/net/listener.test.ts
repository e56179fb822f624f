import assert from 'node:assert/strict';
import { createServer, connect as rawConnect, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { connect as tlsConnect } from 'node:tls';
import type { Listener, Transport } from '../../../../../engine/base/transport.ts';
import { BindError } from '../../../../../engine/io/net/bind-error.ts';
import { probeBind, supportsReusePort } from '../../../../../engine/io/net/bind-probe.ts';
import { connect } from '../../../../../engine/io/net/connect.ts';
import { type ListenOptions, listen } from '../../../../../engine/io/net/listener.ts';
import { rewrap } from '../../../../../engine/io/net/rewrap.ts';
import { MemoryEvents, WriteLedger } from '../../../../support/memory-events.ts';
import { SeededRandom } from '../../../../support/seeded-random.ts';
import { skipForWant } from '../../../../support/skip.ts';

const host = '127.0.0.1';
const pskIdentity = 'peer';
const psk = Buffer.alloc(32, 7);
const pskOptions = { ciphers: 'PSK-AES256-GCM-SHA384', maxVersion: 'TLSv1.2', minVersion: 'TLSv1.2' } as const;

interface Pair {
  readonly listener: Listener;
  readonly server: Transport;
  readonly serverEvents: MemoryEvents;
  readonly client: Transport;
  readonly clientEvents: MemoryEvents;
}

async function started(t: TestContext, options: Partial<ListenOptions> = {}): Promise<Listener> {
  const listener = await listen({
    host,
    port: 0,
    accept: () => null,
    failed: (error) => assert.fail(error),
    ...options,
  });
  t.after(() => new Promise<void>((resolve) => listener.close(resolve)));
  return listener;
}

async function pair(t: TestContext): Promise<Pair> {
  const serverEvents = new MemoryEvents();
  const clientEvents = new MemoryEvents();
  let server: Transport | null = null;
  const listener = await started(t, {
    accept: (transport) => {
      t.after(() => transport.destroy());
      if (server !== null) return new MemoryEvents();
      server = transport;
      setImmediate(() => serverEvents.onEvent());
      return serverEvents;
    },
  });
  const client = await new Promise<Transport>((resolve) => {
    const transport = connect({ host, port: listener.port, events: clientEvents, connected: () => resolve(transport) });
  });
  await serverEvents.until(() => server !== null);
  t.after(() => client.destroy());
  return { listener, server: server!, serverEvents, client, clientEvents };
}

function pattern(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(length));
  new SeededRandom(seed).fill(bytes);
  return bytes;
}

describe('transport', () => {
  it('lands reads in the memory that the owner gave', async (t) => {
    const { server, serverEvents, client, clientEvents } = await pair(t);
    client.write(pattern(300_000, 1));
    await serverEvents.until(() => serverEvents.receivedBytes === 300_000);
    assert.deepEqual(serverEvents.bytes(), Buffer.from(Uint8Array.from(pattern(300_000, 1))));
    assert.ok(serverEvents.landings > serverEvents.chunks.length, 'asked for before the first read and after each');
    server.write(new TextEncoder().encode('reply'));
    await clientEvents.until(() => clientEvents.receivedBytes === 5);
    assert.equal(clientEvents.bytes().toString(), 'reply');
    assert.equal(server.remotePort, client.localPort);
    assert.equal(server.localPort, client.remotePort);
    assert.deepEqual([server.remoteAddress, server.localAddress], [host, host]);
  });

  it('keeps the order of small and large writes, corked and not, and of those made when told done', async (t) => {
    const { server, client, clientEvents } = await pair(t);
    const random = new SeededRandom(7);
    const expected: Uint8Array[] = [];
    let calls = 0;
    const write = () => {
      const large = random.oneIn(10);
      const bytes = pattern(1 + random.below(large ? 300_000 : 6000), expected.length);
      expected.push(bytes);
      const again = random.oneIn(8);
      server.write(bytes, (failed) => {
        assert.ok(!failed);
        calls++;
        if (again && expected.length < 600) write();
      });
    };
    for (let turn = 0; turn < 60; turn++) {
      const corked = random.below(3) > 0;
      if (corked) server.cork();
      for (let count = random.below(12); count >= 0; count--) write();
      if (corked) server.uncork();
      if (random.oneIn(3)) await new Promise((resolve) => setImmediate(resolve));
    }
    const total = () => expected.reduce((sum, bytes) => sum + bytes.length, 0);
    await clientEvents.until(() => server.unsentBytes() === 0 && clientEvents.receivedBytes === total());
    assert.equal(calls, expected.length);
    assert.ok(clientEvents.bytes().equals(Buffer.concat(expected)));
    assert.equal(client.unsentBytes(), 0);
  });

  it('tells each write done exactly once where the peer goes in the middle', async (t) => {
    const { server, serverEvents, client, clientEvents } = await pair(t);
    const ledger = new WriteLedger();
    client.pauseReading();
    server.cork();
    for (let index = 0; index < 40; index++) ledger.write(server, pattern(index % 2 === 0 ? 100 : 1_000_000, index));
    server.uncork();
    await new Promise((resolve) => setImmediate(resolve));
    assert.ok(server.unsentBytes() > 0);
    server.cork();
    ledger.write(server, pattern(10, 1));
    client.destroy(true);
    await serverEvents.until(() => serverEvents.closedWith !== null);
    ledger.write(server, pattern(10, 2));
    assert.ok(ledger.isComplete());
    assert.ok(ledger.failures >= 3, `${ledger.failures} failed`);
    assert.equal(server.unsentBytes(), 0);
    assert.ok(serverEvents.closedWith?.error !== undefined);
    await clientEvents.until(() => clientEvents.closedWith !== null);
    assert.equal(clientEvents.closedWith?.error, undefined);
  });

  it('tells each write done exactly once where it is destroyed here', async (t) => {
    const { server, serverEvents, client, clientEvents } = await pair(t);
    client.pauseReading();
    const ledger = new WriteLedger();
    for (let index = 0; index < 30; index++) ledger.write(server, pattern(1_000_000, index));
    await new Promise((resolve) => setImmediate(resolve));
    server.destroy();
    ledger.write(server, pattern(1, 1));
    await serverEvents.until(() => serverEvents.closedWith !== null);
    assert.ok(ledger.isComplete());
    assert.ok(ledger.failures > 1);
    assert.equal(serverEvents.closedWith?.error, undefined);
    client.resumeReading();
    await clientEvents.until(() => clientEvents.hasEnded || clientEvents.closedWith !== null);
  });

  it('counts unsent bytes against a peer that does not read, and tells when they are gone', async (t) => {
    const { server, serverEvents, client, clientEvents } = await pair(t);
    client.pauseReading();
    const bytes = pattern(16 << 20, 3);
    server.write(bytes);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(server.unsentBytes() > 0);
    assert.equal(serverEvents.drainedCount, 0);
    const before = clientEvents.receivedBytes;
    client.resumeReading();
    await serverEvents.until(() => serverEvents.drainedCount === 1);
    assert.equal(server.unsentBytes(), 0);
    await clientEvents.until(() => clientEvents.receivedBytes === bytes.length);
    assert.ok(before < bytes.length);
  });

  it('stops reading while paused', async (t) => {
    const { server, serverEvents, client } = await pair(t);
    server.pauseReading();
    client.write(pattern(1000, 1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(serverEvents.receivedBytes, 0);
    server.resumeReading();
    await serverEvents.until(() => serverEvents.receivedBytes === 1000);
  });

  it('still answers a peer that is done sending', async (t) => {
    const { server, serverEvents, client, clientEvents } = await pair(t);
    client.write(pattern(10, 1));
    client.end();
    await serverEvents.until(() => serverEvents.hasEnded);
    assert.equal(serverEvents.receivedBytes, 10);
    server.write(pattern(100_000, 2));
    server.end();
    await clientEvents.until(() => clientEvents.closedWith !== null);
    assert.equal(clientEvents.receivedBytes, 100_000);
    assert.equal(clientEvents.closedWith?.error, undefined);
    await serverEvents.until(() => serverEvents.closedWith !== null);
  });

  it('tells of a connection that cannot be made', async () => {
    const port = await probeBind(host, 0);
    const events = new MemoryEvents();
    const transport = connect({ host, port, events, connected: () => assert.fail('connected') });
    const ledger = new WriteLedger();
    ledger.write(transport, pattern(10, 1));
    await events.until(() => events.closedWith !== null);
    assert.match(String(events.closedWith?.error), /ECONNREFUSED/);
    assert.deepEqual(ledger.outcomes, [[true]]);
  });
});

describe('listener', () => {
  it('closes a connection that is refused', async (t) => {
    const listener = await started(t);
    const events = new MemoryEvents();
    const client = connect({ host, port: listener.port, events, connected: () => {} });
    await events.until(() => events.hasEnded || events.closedWith !== null);
    client.destroy();
  });

  it('takes no connection while paused, and open ones stay', async (t) => {
    const { listener, server, client, clientEvents } = await pair(t);
    listener.pause();
    await new Promise((resolve) => setImmediate(resolve));
    const events = new MemoryEvents();
    connect({ host, port: listener.port, events, connected: () => {} });
    await events.until(() => events.closedWith !== null);
    assert.match(String(events.closedWith?.error), /ECONNREFUSED/);
    server.write(pattern(10, 1));
    await clientEvents.until(() => clientEvents.receivedBytes === 10);
    const { port } = listener;
    listener.resume();
    const second = await new Promise<Transport>((resolve) => {
      const tries = () => {
        const lateEvents = new MemoryEvents();
        const late = connect({ host, port, events: lateEvents, connected: () => resolve(late) });
        lateEvents.onEvent = () => {
          if (late.remotePort === 0 && lateEvents.closedWith !== null) setTimeout(tries, 10);
        };
      };
      tries();
    });
    assert.equal(second.remotePort, port);
    second.destroy();
    client.destroy();
  });

  it('copies to the landing place where the connection is TLS', async (t) => {
    const events = new MemoryEvents(1000);
    let server: Transport | null = null;
    const listener = await started(t, {
      tls: { ...pskOptions, pskCallback: () => psk },
      accept: (transport) => {
        server = transport;
        return events;
      },
    });
    const client = tlsConnect({
      host,
      port: listener.port,
      ...pskOptions,
      pskCallback: () => ({ psk, identity: pskIdentity }),
      checkServerIdentity: () => undefined,
    });
    t.after(() => client.destroy());
    const sent = Buffer.from(Uint8Array.from(pattern(50_000, 5)));
    client.write(sent);
    await events.until(() => events.receivedBytes > 0);
    server!.pauseReading();
    const paused = events.receivedBytes;
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(events.receivedBytes, paused);
    server!.resumeReading();
    await events.until(() => events.receivedBytes === sent.length);
    assert.ok(events.bytes().equals(sent));
    const reply = new Promise<Buffer>((resolve) => client.once('data', resolve));
    server!.write(pattern(100, 6));
    assert.equal((await reply).length, 100);
    server!.destroy();
  });

  it('shares a port between listeners, where the platform can', async (t) => {
    if (!(await supportsReusePort()) && !skipForWant(t, 'a system with SO_REUSEPORT')) return;
    const accepted = [0, 0];
    const first = await started(t, {
      reusePort: true,
      accept: () => {
        accepted[0]!++;
        return null;
      },
    });
    await started(t, {
      reusePort: true,
      port: first.port,
      accept: () => {
        accepted[1]!++;
        return null;
      },
    });
    for (let index = 0; index < 64; index++) {
      const events = new MemoryEvents();
      const client = connect({ host, port: first.port, events, connected: () => {} });
      await events.until(() => events.hasEnded || events.closedWith !== null);
      client.destroy();
    }
    assert.equal(accepted[0]! + accepted[1]!, 64);
    assert.ok(accepted[0]! > 0 && accepted[1]! > 0, `${accepted}`);
  });
});

describe('bind probe', () => {
  it('answers the port that was free', async (t) => {
    const port = await probeBind(host, 0);
    const listener = await started(t, { port });
    assert.equal(listener.port, port);
  });

  it('refuses a port that somebody has, even where it is shared', async (t) => {
    const reusePort = await supportsReusePort();
    const listener = await started(t, { reusePort });
    await assert.rejects(probeBind(host, listener.port), (error: Error) => {
      assert.ok(error instanceof BindError && error.reason === 'address-in-use');
      assert.match(error.message, /^cannot listen on 127\.0\.0\.1:\d+: the port is in use by another process$/);
      return true;
    });
  });

  it('refuses an address that is not of this machine', async () => {
    await assert.rejects(probeBind('192.0.2.1', 0), (error: BindError) => error.reason === 'address-not-available');
  });
});

describe('re-wrapping an accepted socket', () => {
  it('is what this Node does, and its server counts the connection out', async (t) => {
    const sockets: Socket[] = [];
    const server = createServer({ pauseOnConnect: true });
    server.maxConnections = 2;
    const landing = new Uint8Array(new SharedArrayBuffer(1024));
    let received = 0;
    server.on('connection', (socket) => {
      const onread = () => ({
        buffer: () => landing,
        callback: (length: number) => {
          received += length;
          return true;
        },
      });
      const wrapped = rewrap(socket, onread);
      assert.ok(wrapped !== null, 'the handle under a socket is where it was');
      wrapped.on('error', () => {});
      wrapped.resume();
      sockets.push(wrapped);
    });
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const { port } = server.address() as { port: number };
    const clients = Array.from({ length: 5 }, () => rawConnect(port, host));
    t.after(() => {
      for (const socket of [...clients, ...sockets]) socket.destroy();
    });
    await Promise.all(clients.map((client) => new Promise((resolve) => client.write('x', resolve))));
    while (received < 5) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(sockets.length, 5, 'maxConnections counts none that was moved');
    assert.equal(await new Promise((resolve) => server.getConnections((_error, count) => resolve(count))), 0);
    await new Promise((resolve) => server.close(resolve));
    assert.ok(
      sockets.every((socket) => !socket.destroyed),
      'closing the server leaves them open',
    );
  });
});
