import { test } from 'node:test';
import { assertSeedsHold } from './assert-seeds-hold.ts';

test('what is acknowledged by brokers is readable for ever: seeds 1 to 100', (t) => assertSeedsHold(t, 1, 100, true));
