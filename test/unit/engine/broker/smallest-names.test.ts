import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SmallestNames } from '#engine/broker/smallest-names.ts';
import fc from '../../../support/fast-check.ts';

test('the smallest of many, in order, however they come', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ maxLength: 4 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (names, most) => {
        const smallest = new SmallestNames(most);
        for (const name of names) smallest.add(name);
        assert.deepEqual(smallest.sorted(), [...names].sort().slice(0, most));
      },
    ),
  );
});
