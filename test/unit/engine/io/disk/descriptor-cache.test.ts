import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DescriptorCache } from '../../../../../engine/io/disk/descriptor-cache.ts';
import { RealFile } from '../../../../../engine/io/disk/real-file.ts';
import { SeededRandom } from '../../../../support/seeded-random.ts';

function trial(maxOpen: number) {
  const closed: string[] = [];
  const owner = {
    giveUpDescriptor(file: RealFile) {
      assert.equal(file.inFlight, 0, 'never with something in flight');
      file.fd = -1;
      closed.push(file.path);
    },
  };
  const cache = new DescriptorCache(maxOpen);
  const open = (path: string): RealFile => {
    const file = new RealFile(owner, path);
    file.fd = 100;
    cache.add(file);
    return file;
  };
  return { cache, closed, open };
}

it('closes the one that was used least recently', () => {
  const { cache, closed, open } = trial(3);
  const a = open('a');
  open('b');
  open('c');
  cache.touch(a);
  open('d');
  open('e');
  assert.deepEqual(closed, ['b', 'c']);
  assert.equal(cache.openCount, 3);
});

it('closes dirty ones last', () => {
  const { cache, closed, open } = trial(2);
  const a = open('a');
  a.dirty = true;
  cache.touch(a);
  open('b');
  open('c');
  assert.deepEqual(closed, ['b']);
  a.dirty = false;
  cache.touch(a);
  open('d');
  open('e');
  assert.deepEqual(closed, ['b', 'c', 'a']);
});

it('goes over the budget rather than close what is in use', () => {
  const { cache, closed, open } = trial(1);
  const a = open('a');
  a.inFlight = 1;
  const b = open('b');
  b.inFlight = 1;
  assert.equal(cache.openCount, 2);
  assert.ok(!cache.evictOne());
  a.inFlight = 0;
  open('c');
  assert.deepEqual(closed, ['a']);
  b.inFlight = 0;
  open('d');
  assert.deepEqual(closed, ['a', 'b', 'c']);
  assert.equal(cache.openCount, 1);
});

it('keeps count under chance', () => {
  const random = new SeededRandom(11);
  const { cache, open } = trial(10);
  let files: RealFile[] = [];
  for (let step = 0; step < 5000; step++) {
    files = files.filter((file) => file.fd >= 0);
    const file = files[random.below(Math.max(1, files.length))];
    if (file === undefined || random.oneIn(3)) files.push(open(`${step}`));
    else if (random.oneIn(5)) {
      cache.remove(file);
      file.fd = -1;
    } else {
      file.dirty = random.oneIn(2);
      cache.touch(file);
    }
    assert.equal(cache.openCount, files.filter((each) => each.fd >= 0).length);
    assert.ok(cache.openCount <= 10);
  }
});
