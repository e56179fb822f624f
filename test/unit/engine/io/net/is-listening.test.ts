import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { isListening } from '../../../../../engine/io/net/is-listening.ts';
import { freePorts } from '../../../../support/free-port.ts';

const ask = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => isListening(host, port, resolve));

test('a port that somebody listens on is told from one that is closed', async (t) => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  assert.equal(await ask('127.0.0.1', address.port), true);
  const [closed] = await freePorts(1);
  assert.equal(await ask('127.0.0.1', closed!), false);
});

test('a name that is not found says nothing of a process', async () => {
  assert.equal(await ask('no-such-host.invalid', 9092), true);
});
