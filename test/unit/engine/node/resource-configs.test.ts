import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResourceConfigs } from '#engine/node/resource-configs.ts';

const group = 32;
const metrics = 16;

test('configs are kept by type and name, replaced whole, and gone when null', () => {
  const configs = new ResourceConfigs();
  assert.equal(configs.ofType(group).size, 0);
  configs.apply(
    [
      {
        type: group,
        name: 'g',
        values: [
          ['a', '1'],
          ['b', '2'],
        ],
      },
      { type: metrics, name: 'g', values: [['c', '3']] },
    ],
    true,
  );
  configs.apply([{ type: group, name: 'g', values: [['a', '9']] }], false);
  assert.deepEqual([...configs.ofType(group).get('g')!], [['a', '9']]);
  assert.deepEqual([...configs.ofType(metrics).get('g')!], [['c', '3']]);
  configs.apply([{ type: group, name: 'g', values: null }], false);
  assert.equal(configs.ofType(group).size, 0);
  assert.equal(configs.ofType(metrics).size, 1);
});

test('a full delta forgets what it does not name', () => {
  const configs = new ResourceConfigs();
  configs.apply([{ type: group, name: 'old', values: [['a', '1']] }], false);
  configs.apply([{ type: group, name: 'new', values: [['a', '1']] }], true);
  assert.deepEqual([...configs.ofType(group).keys()], ['new']);
});
