import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeReplicas } from '../../../../engine/controller/placement.ts';
import { brokerRecord, DecisionFixture } from '../../../support/controller-fixture.ts';
import fc from '../../../support/fast-check.ts';
import { SeededRandom } from '../../../support/seeded-random.ts';

interface Broker {
  readonly rack: number;
  readonly fenced: boolean;
}

/** Brokers 1 … n; of the first the fixture's registration is replaced. */
function imageWith(brokers: readonly Broker[]): DecisionFixture {
  const fixture = new DecisionFixture();
  fixture.apply(
    brokers.map(({ rack, fenced }, i) => {
      const record = brokerRecord(i + 1, fenced, i + 1);
      return { ...record, message: { ...record.message, rack: `rack${rack}` } };
    }),
  );
  return fixture;
}

const brokers = fc.array(fc.record({ rack: fc.nat(3), fenced: fc.boolean() }), { minLength: 1, maxLength: 9 });

describe('placement', () => {
  it('takes distinct brokers, leads with an unfenced one, and spreads over racks', () => {
    fc.assert(
      fc.property(brokers, fc.integer({ min: 1, max: 9 }), fc.nat(), (list, wanted, seed) => {
        const factor = Math.min(wanted, list.length);
        const placed = placeReplicas(imageWith(list).image.written, 20, factor, new SeededRandom(seed));
        if (list.every(({ fenced }) => fenced)) {
          assert.ok('problem' in placed);
          return;
        }
        assert.ok('assignments' in placed);
        const racks = new Set(list.map(({ rack }) => rack)).size;
        for (const replicas of placed.assignments) {
          assert.equal(replicas.length, factor);
          assert.equal(new Set(replicas).size, factor);
          assert.equal(list[replicas[0] - 1].fenced, false);
          const used = new Set(replicas.map((id) => list[id - 1].rack)).size;
          assert.equal(used, Math.min(racks, factor));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('gives every broker of equal racks its share of leaders', () => {
    const list = [0, 1, 2, 0, 1, 2].map((rack) => ({ rack, fenced: false }));
    const placed = placeReplicas(imageWith(list).image.written, 60, 3, new SeededRandom(1));
    assert.ok('assignments' in placed);
    const led = new Map<number, number>();
    for (const [leader] of placed.assignments) led.set(leader, (led.get(leader) ?? 0) + 1);
    assert.deepEqual(
      [...led].sort(([a], [b]) => a - b),
      [1, 2, 3, 4, 5, 6].map((id) => [id, 10]),
    );
  });
});
