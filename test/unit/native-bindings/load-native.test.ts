import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { laterNative, missingNatives } from '../../../native-bindings/load-native.ts';

const require = createRequire(import.meta.url);

test('a package is looked for at once and loaded at its first use', () => {
  const name = 'snappy';
  const path = require.resolve(name);
  const found = laterNative<{ compressSync: unknown }>(name);
  assert.notEqual(found, null);
  assert.equal(require.cache[path], undefined);
  const loaded = found!.load();
  assert.equal(typeof loaded?.compressSync, 'function');
  assert.notEqual(require.cache[path], undefined);
  assert.equal(found!.load(), loaded);
});

test('what is not there is said at once, what does not work when it is first used', async () => {
  assert.equal(laterNative('no-such-package'), null);
  assert.match(missingNatives().at(-1)!, /^no-such-package: Cannot find module/);
  // A module, but none that can be required: it is not JavaScript.
  const broken = laterNative('#native/records.c');
  assert.notEqual(broken, null);
  const warning = once(process, 'warning');
  assert.equal(broken!.load(), null);
  const [{ message }] = (await warning) as [Error];
  assert.match(message, /^plain code stands in for a native package: #native\/records\.c: /);
  assert.equal(broken!.load(), null);
});
