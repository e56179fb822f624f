import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { volumeSpace } from '#engine/io/disk/volume-space.ts';

type Space = Parameters<Parameters<typeof volumeSpace>[1]>[0];

function spaceOf(path: string): Promise<Space> {
  return new Promise((resolve) => volumeSpace(path, resolve));
}

test('a volume has a size and no more to write than that', async () => {
  const space = await spaceOf(tmpdir());
  assert.ok(space !== undefined);
  assert.ok(space.totalBytes > 0 && space.usableBytes >= 0 && space.usableBytes <= space.totalBytes);
});

test('a path that is not there has none', async () => {
  assert.equal(await spaceOf(join(tmpdir(), 'millrace-no-such-directory')), undefined);
});
