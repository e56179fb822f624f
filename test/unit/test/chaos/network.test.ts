import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Network } from '../../../chaos/proxy/network.ts';
import { freePorts } from '../../../support/free-port.ts';
import { until } from '../../../support/until.ts';

interface Pair {
  readonly network: Network;
  readonly client: Socket;
  /** The connection as the other end has it. */
  readonly server: Socket;
  text(socket: Socket): string;
}

/** A connection of node 1, which is this process, to node 2. */
async function connected(t: TestContext): Promise<Pair> {
  const [port, target] = await freePorts(2);
  const network = new Network(() => new Map([[process.pid, 1]]));
  await network.listen(port, 2, target);
  const accepted = Promise.withResolvers<Socket>();
  const listener = createServer((socket) => accepted.resolve(socket));
  listener.listen(target, '127.0.0.1');
  await once(listener, 'listening');
  const client = connect(port, '127.0.0.1');
  client.on('error', () => {});
  const server = await accepted.promise;
  server.on('error', () => {});
  const texts = new Map<Socket, string>();
  for (const socket of [client, server]) {
    socket.on('data', (chunk) => texts.set(socket, (texts.get(socket) ?? '') + String(chunk)));
  }
  t.after(() => {
    network.close();
    listener.close();
    client.destroy();
    server.destroy();
  });
  return { network, client, server, text: (socket) => texts.get(socket) ?? '' };
}

test('bytes pass both ways, and who connects is known', async (t) => {
  const { network, client, server, text } = await connected(t);
  client.write('there');
  server.write('back');
  await until(() => text(server) === 'there' && text(client) === 'back', 'both arrive');
  assert.deepEqual([network.passed, network.strangers], [1, 0]);
  client.end();
  await until(() => server.readableEnded || server.destroyed, 'the end arrives');
});

test('a link that is blocked one way holds bytes and the end of the connection back, until it is healed', async (t) => {
  const { network, client, server, text } = await connected(t);
  network.block(1, 2);
  client.write('there');
  server.write('back');
  await until(() => text(client) === 'back', 'the other way is open');
  client.destroy();
  await sleep(50);
  assert.equal(text(server), '');
  assert.ok(!server.destroyed && !server.readableEnded);
  network.heal();
  await until(() => text(server) === 'there', 'what was held arrives');
  await until(() => server.readableEnded || server.destroyed, 'and so does the end');
});

test('a delay keeps the order, and a reset ends the connection', async (t) => {
  const { network, client, server, text } = await connected(t);
  network.delay(1, 2, 60);
  client.write('a');
  await sleep(20);
  network.delay(1, 2, 0);
  client.write('b');
  await until(() => text(server) === 'ab', 'all arrives');
  network.reset(2, 1);
  await until(() => client.destroyed && server.destroyed, 'both ends see it');
});

test('a large transfer passes a link that is slowed and blocked again and again', async (t) => {
  const { network, client, server } = await connected(t);
  let received = 0;
  server.on('data', (chunk) => {
    received += chunk.length;
  });
  const bytes = 16 << 20;
  client.write(Buffer.alloc(bytes, 7));
  for (let round = 0; round < 10; round++) {
    network.block(1, 2);
    await sleep(3);
    network.heal();
    network.delay(1, 2, round % 3);
    await sleep(3);
  }
  network.heal();
  await until(() => received === bytes, 'all of it arrives');
});
