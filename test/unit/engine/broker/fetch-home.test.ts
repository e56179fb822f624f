import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#engine/base/limits.ts';
import { FetchHome } from '#engine/broker/fetch-home.ts';

const enough = limits.homeAfterBytes;

test('a connection is told where most of what it fetches lies, once it fetched enough', () => {
  const home = new FetchHome(0, 3, 0);
  home.note(2, enough - 1);
  assert.equal(home.elsewhere(1), -1);
  home.note(2, 1);
  assert.equal(home.elsewhere(1), 2);
  assert.equal(home.elsewhere(1), -1, 'and then counts anew');
});

test('what lies here, or about as much here as there, moves nobody', () => {
  const home = new FetchHome(0, 2, 0);
  home.note(0, enough);
  assert.equal(home.elsewhere(1), -1);
  home.note(0, enough * (1 - limits.homeShare) + 1);
  home.note(1, enough * limits.homeShare);
  assert.equal(home.elsewhere(1), -1);
  home.note(0, enough * (1 - limits.homeShare));
  home.note(1, enough * limits.homeShare);
  assert.equal(home.elsewhere(1), 1);
});

test('a connection that has just come stays for a while', () => {
  const home = new FetchHome(0, 2, 1000);
  home.note(1, enough);
  assert.equal(home.elsewhere(999), -1);
  assert.equal(home.elsewhere(1000), 1);
});
