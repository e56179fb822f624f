import { test } from 'node:test';
import { assertSeedsHold } from './assert-seeds-hold.ts';

test('what is acknowledged by brokers is readable for ever: seeds 101 to 200', (t) =>
  assertSeedsHold(t, 101, 200, true));
