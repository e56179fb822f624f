import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cordonedDirectories } from '#engine/coordinator/node-settings.ts';
import { parseBrokerConfig } from '#engine/metadata/config/broker-config.ts';
import { serverProperties } from '../../../support/controller-fixture.ts';

const directories = [{ path: '/a' }, { path: '/b' }];

function cordoned(fixed: string | null, ofBroker: Record<string, string>): string[] {
  const properties = new Map([...serverProperties, ['log.dirs', '/a,/b']]);
  if (fixed !== null) properties.set('cordoned.log.dirs', fixed);
  const configs = (_type: number, name: string) => new Map(Object.entries(name === '1' ? ofBroker : {}));
  return cordonedDirectories(parseBrokerConfig(properties), { configs }, directories).map(({ path }) => path);
}

test('cordoned directories are those of the configuration as it is now', () => {
  assert.deepEqual(cordoned(null, {}), []);
  assert.deepEqual(cordoned('/b', {}), ['/b']);
  assert.deepEqual(cordoned('/b', { 'cordoned.log.dirs': '/a' }), ['/a']);
  assert.deepEqual(cordoned(null, { 'cordoned.log.dirs': '*' }), ['/a', '/b']);
});
