import { test } from 'node:test';
import { assertSeedsHold } from './assert-seeds-hold.ts';

test('what is acknowledged by brokers is readable for ever: seeds 151 to 300', (t) =>
  assertSeedsHold(t, 151, 300, true));
