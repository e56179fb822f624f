import assert from 'node:assert/strict';
import { closeSync, fstatSync } from 'node:fs';
import { connect } from 'node:net';
import { test } from 'node:test';
import type { Transport } from '../../../../../engine/base/transport.ts';
import { adopt, listen } from '../../../../../engine/io/net/listener.ts';
import { duplicateDescriptor } from '../../../../../native-bindings/descriptors.ts';
import { MemoryEvents } from '../../../../support/memory-events.ts';

const skip = duplicateDescriptor(0) === null ? 'descriptors.c was not compiled: there is no C compiler' : false;

test('a connection goes on where it was given to, with all that was sent', { skip }, async (t) => {
  const given: { readonly fd: number; readonly address: string }[] = [];
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    accept: () => assert.fail('it is handed over'),
    failed: (error) => assert.fail(error),
    handOver: { isWanted: () => true, give: (fd, address) => given.push({ fd, address }) },
  });
  t.after(() => new Promise<void>((resolve) => listener.close(resolve)));
  const client = connect(listener.port, '127.0.0.1');
  t.after(() => client.destroy());
  client.write('sent before it was given');
  while (given.length === 0) await new Promise((resolve) => setImmediate(resolve));
  const [{ fd, address }] = given as [(typeof given)[number]];
  assert.equal(address, '127.0.0.1');
  const events = new MemoryEvents();
  let server: Transport | undefined;
  adopt(fd, address, (transport) => {
    server = transport;
    return events;
  });
  closeSync(fd);
  assert.equal(server?.remoteAddress, '127.0.0.1');
  assert.equal(server.remotePort, client.localPort);
  await events.until(() => events.bytes().length >= 24);
  assert.equal(Buffer.from(events.bytes()).toString(), 'sent before it was given');
  server.write(new TextEncoder().encode('answered from there'));
  const answer = await new Promise<Buffer>((resolve) => client.once('data', resolve));
  assert.equal(answer.toString(), 'answered from there');
  client.end();
  await events.until(() => events.hasEnded);
  server.end();
  await new Promise((resolve) => client.once('close', resolve));
});

test('a duplicate is closed by itself', { skip }, () => {
  const copy = duplicateDescriptor(1);
  assert.ok(copy !== null && copy > 2);
  closeSync(copy);
  assert.throws(() => fstatSync(copy), { code: 'EBADF' });
  fstatSync(1);
  assert.equal(duplicateDescriptor(copy), null);
});

test('a connection that was served for a while goes on elsewhere, with what is on its way', { skip }, async (t) => {
  const served = new MemoryEvents();
  let server: Transport | undefined;
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    accept: (transport) => {
      server = transport;
      return served;
    },
    failed: (error) => assert.fail(error),
  });
  t.after(() => new Promise<void>((resolve) => listener.close(resolve)));
  const client = connect(listener.port, '127.0.0.1');
  t.after(() => client.destroy());
  client.write('first');
  await served.until(() => served.bytes().length >= 5);
  const fd = server!.takeOut!();
  assert.ok(fd !== null);
  assert.equal(server!.takeOut!(), null, 'it is gone from there');
  client.write('second');
  const events = new MemoryEvents();
  let next: Transport | undefined;
  adopt(fd, '127.0.0.1', (transport) => {
    next = transport;
    return events;
  });
  closeSync(fd);
  await events.until(() => events.bytes().length >= 6);
  assert.equal(Buffer.from(events.bytes()).toString(), 'second');
  assert.equal(Buffer.from(served.bytes()).toString(), 'first');
  next!.write(new TextEncoder().encode('answered'));
  const answer = await new Promise<Buffer>((resolve) => client.once('data', resolve));
  assert.equal(answer.toString(), 'answered');
});
