import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '#engine/base/limits.ts';
import { activity, Pulse, PulseWatch } from '#engine/node/pulse.ts';
import { MemoryLogger } from '../../../support/memory-logger.ts';
import { SteppedClock } from '../../../support/stepped-clock.ts';

function setUp() {
  const buffer = Pulse.allocate(2);
  const clock = new SteppedClock();
  const logger = new MemoryLogger();
  const watch = new PulseWatch(buffer, 2, 3000, clock, logger);
  const pulses = [new Pulse(buffer, 0), new Pulse(buffer, 1)];
  const pass = (ms: number, beating: readonly number[]): void => {
    for (let gone = 0; gone < ms; gone += limits.pulseIntervalMs) {
      clock.advance(limits.pulseIntervalMs);
      for (const shard of beating) pulses[shard]!.beat();
      watch.check();
    }
  };
  return {
    clock,
    logger,
    watch,
    pulses,
    pass,
    said: () => logger.lines.map(({ message, fields }) => ({ message, ...fields })),
  };
}

test('a shard that falls silent is said to be late once, with what it was at, then stuck, then going on', () => {
  const { watch, pulses, pass, said } = setUp();
  watch.begin(0);
  watch.begin(1);
  pass(2000, [0, 1]);
  assert.deepEqual(said(), []);
  pulses[1]!.doing(activity.request + 3);
  pass(2000, [0]);
  assert.deepEqual(said(), [{ message: 'a shard is late', shard: 1, lateMs: 1250, doing: 'a request of api 3' }]);
  assert.equal(watch.isStuck, false);
  pass(2000, [0]);
  assert.equal(watch.isStuck, true);
  pass(500, [0, 1]);
  assert.equal(watch.isStuck, false);
  assert.deepEqual(
    said().map(({ message }) => message),
    ['a shard is late', 'a shard is stuck: no heartbeats until it goes on', 'a shard that was late goes on'],
  );
});

test('a shard that is dead or not there yet is not late, and what the coordinator slept through is not held against any', () => {
  const { clock, watch, pass, said } = setUp();
  watch.begin(0);
  watch.begin(1);
  pass(1000, [0, 1]);
  watch.end(1);
  pass(10_000, [0]);
  clock.advance(20_000);
  watch.check();
  pass(1000, [0]);
  assert.deepEqual(said(), []);
});
