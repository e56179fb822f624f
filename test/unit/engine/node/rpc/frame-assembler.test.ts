import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameAssembler } from '../../../../../engine/node/rpc/frame-assembler.ts';
import { SeededRandom } from '../../../../support/seeded-random.ts';

const leastBytes = 100;

/** As a connection does: into the frame under way where that has room, else into a place of its own. */
function feed(frames: FrameAssembler, stream: Uint8Array, random: SeededRandom): number {
  const own = new Uint8Array(leastBytes);
  let inFrames = 0;
  for (let at = 0; at < stream.length; ) {
    const inFrame = frames.landing(leastBytes);
    const target = inFrame ?? own;
    const length = Math.min(target.length, stream.length - at, 1 + random.below(500));
    target.set(stream.subarray(at, at + length));
    at += length;
    if (inFrame === null) assert.ok(frames.take(own.subarray(0, length)));
    else {
      frames.landed(length);
      inFrames += length;
    }
  }
  return inFrames;
}

test('frames are cut out of a stream, wherever its bytes land', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = new SeededRandom(seed);
    const sent: Buffer[] = [];
    const stream: Buffer[] = [];
    for (let n = 1 + random.below(8); n > 0; n--) {
      const frame = Buffer.alloc(4 + random.below(random.oneIn(2) ? 50 : 5000));
      random.fill(frame);
      const size = Buffer.alloc(4);
      size.writeInt32BE(frame.length);
      sent.push(frame);
      stream.push(size, frame);
    }
    const cut: Buffer[] = [];
    const keptBytes = random.oneIn(2) ? 0 : 2000;
    const frames = new FrameAssembler(5004, (bytes) => void cut.push(Buffer.from(bytes)), { keptBytes });
    feed(frames, Buffer.concat(stream), random);
    assert.deepEqual(cut, sent, `seed ${seed}`);
  }
});

test('most of a large frame lands where it stays', () => {
  const frame = Buffer.alloc(100_004);
  frame.writeInt32BE(100_000);
  const frames = new FrameAssembler(200_000, () => {});
  assert.ok(feed(frames, frame, new SeededRandom(1)) > 90_000);
});

test('one memory serves frames that may lie in it, and what is larger is given away', () => {
  const seen: ArrayBufferLike[] = [];
  const frames = new FrameAssembler(10_000, (bytes) => void seen.push(bytes.buffer), { keptBytes: 1000 });
  for (const size of [900, 500, 900, 3000, 900]) {
    const frame = Buffer.alloc(4 + size);
    frame.writeInt32BE(size);
    feed(frames, frame, new SeededRandom(size));
  }
  assert.equal(new Set(seen.slice(0, 3)).size, 1);
  assert.equal(new Set(seen.slice(3)).size, 2);
});

test('what nobody expects does not touch the frame before', () => {
  let seen: Uint8Array | undefined;
  let expected = 1;
  const taken = (bytes: Uint8Array): void => {
    seen = bytes;
    expected -= 1;
  };
  const frames = new FrameAssembler(1000, taken, { keptBytes: 1000, isExpected: () => expected > 0 });
  const [first, second] = [1, 2].map((value) => Buffer.concat([Buffer.from([0, 0, 0, 8]), Buffer.alloc(8, value)]));
  assert.equal(frames.take(Buffer.concat([first!, second!])), false);
  assert.deepEqual(Buffer.from(seen!), Buffer.alloc(8, 1));
});

test('no memory is taken for what a frame claims to be', () => {
  const frames = new FrameAssembler(2 ** 31 - 1, () => {});
  const head = Buffer.alloc(8);
  head.writeInt32BE(2 ** 31 - 1);
  assert.ok(frames.take(head));
  let arrived = 4;
  for (let n = 0; n < 12; n++) {
    const room = frames.landing(leastBytes)!;
    assert.ok(room.length <= Math.max(leastBytes, arrived), `${room.length} where ${arrived} came`);
    frames.landed(room.length);
    arrived += room.length;
  }
});
