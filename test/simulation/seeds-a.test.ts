import { test } from 'node:test';
import { assertSeedsHold } from './assert-seeds-hold.ts';

test('every invariant holds under faults, and the cluster heals: seeds 1 to 1000', (t) => assertSeedsHold(t, 1, 1000));
