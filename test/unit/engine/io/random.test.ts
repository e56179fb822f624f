import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SystemRandom } from '../../../../engine/io/random.ts';

it('draws below the bound, all of it, and evenly', () => {
  const random = new SystemRandom();
  const counts = new Array<number>(7).fill(0);
  for (let draw = 0; draw < 14_000; draw++) counts[random.below(7)]!++;
  // 2,000 expected, standard deviation 41: ten of them.
  for (const count of counts) assert.ok(Math.abs(count - 2000) < 410, `${counts}`);
  assert.equal(random.below(1), 0);
  assert.throws(() => random.below(0));
  const large = Array.from({ length: 64 }, () => random.below(2 ** 53 - 1));
  assert.ok(large.some((value) => value > 2 ** 50) && large.every((value) => Number.isSafeInteger(value)));
});

it('fills memory, shared memory too, and never the same twice', () => {
  const random = new SystemRandom();
  for (const memory of [new Uint8Array(10_000), new Uint8Array(new SharedArrayBuffer(10_000))]) {
    random.fill(memory);
    const first = Uint8Array.from(memory);
    random.fill(memory);
    assert.notDeepEqual(Uint8Array.from(memory), first);
    assert.ok(new Set(memory).size === 256, 'every byte value in 10,000 draws');
  }
});
