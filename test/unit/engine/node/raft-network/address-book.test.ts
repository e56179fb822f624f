import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddressBook } from '../../../../../engine/node/raft-network/address-book.ts';
import type { Voter } from '../../../../../engine/raft/types.ts';

function voter(id: number, port: number): Voter {
  const endpoints = [
    { name: 'OTHER', host: 'other', port: 1 },
    { name: 'CONTROLLER', host: `host${id}`, port },
  ];
  return { id, directoryId: `DirectoryIdOfVoter00${id}A`, endpoints, minKraftVersion: 0, maxKraftVersion: 1 };
}

function bookOf(voters: { now: readonly Voter[] }): AddressBook {
  return new AddressBook({
    localId: 1,
    ownEndpoints: voter(1, 9001).endpoints,
    listenerName: 'CONTROLLER',
    bootstrapServers: [
      { host: 'a', port: 1 },
      { host: 'b', port: 2 },
    ],
    voters: () => voters.now,
  });
}

test('voters are where the voter set says, by the listener of controllers, and bootstrap servers by their number', () => {
  const book = bookOf({ now: [voter(1, 9001), voter(2, 9002)] });
  assert.deepEqual(book.addressOf(2), { name: 'CONTROLLER', host: 'host2', port: 9002 });
  assert.deepEqual(book.addressOf(-2), { host: 'a', port: 1 });
  assert.deepEqual(book.addressOf(-3), { host: 'b', port: 2 });
  assert.equal(book.addressOf(-4), null);
  assert.equal(book.addressOf(7), null);
  assert.deepEqual(book.endpointsOf(1), voter(1, 9001).endpoints);
});

test('a leader is where it said last, until newer voters say where; one that is voted out is still found', () => {
  const voters = { now: [voter(1, 9001), voter(2, 9002), voter(3, 9003)] };
  const book = bookOf(voters);
  book.learnAddress(2, { host: 'moved', port: 7 });
  assert.deepEqual(book.addressOf(2), { name: 'CONTROLLER', host: 'moved', port: 7 });
  assert.equal(book.addressOf(3)?.port, 9003);
  voters.now = [voter(1, 9001), voter(2, 9999), voter(3, 9003)];
  book.votersChanged();
  assert.equal(book.addressOf(2)?.port, 9999);
  book.learnAddress(2, { host: 'moved', port: 8 });
  voters.now = [voter(1, 9001), voter(3, 9003)];
  book.votersChanged();
  assert.equal(book.addressOf(2)?.port, 8);
  book.learn(1, [{ name: 'CONTROLLER', host: 'not me', port: 1 }]);
  assert.equal(book.addressOf(1)?.host, 'host1');
});
