import { test } from 'node:test';
import { assertSeedsHold } from './assert-seeds-hold.ts';

test('every invariant holds under faults, and the cluster heals: seeds 1001 to 2000', (t) =>
  assertSeedsHold(t, 1001, 2000));
