import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Progress, showSeconds } from '../../../bench/progress.ts';

function screen(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

test('on a terminal one line is written over', () => {
  const terminal = screen(true, 30);
  const progress = new Progress(terminal, () => 0);
  progress.step('produce-64k', 0, 3, 0);
  progress.round('ours', 0, 7);
  progress.note('done');
  assert.ok(terminal.written.slice(0, 2).every((text) => text.startsWith('\r\x1b[2K') && !text.includes('\n')));
  assert.ok(terminal.written.slice(0, 2).every((text) => text.length < 30 + '\r\x1b[2K'.length));
  assert.equal(terminal.written.slice(2).join(''), '\r\x1b[2Kdone\n');
});

test('elsewhere each step is a plain line, and rounds are not told', () => {
  const file = screen(false);
  const progress = new Progress(file, () => 0);
  progress.step('produce-64k', 0, 3, 0);
  progress.round('ours', 0, 7);
  progress.clear();
  progress.step('fetch', 1, 3, 0);
  assert.deepEqual(file.written, ['[1/3] produce-64k\n', '[2/3] fetch\n']);
});

test('what is left is reckoned by the pace so far', () => {
  const file = screen(false);
  let nowMs = 0;
  const progress = new Progress(file, () => nowMs);
  progress.expect(100);
  progress.step('a', 0, 2, 0);
  nowMs = 60_000;
  progress.step('b', 1, 2, 20);
  assert.deepEqual(file.written, ['[1/2] a, about 2 min left\n', '[2/2] b, about 4 min left\n']);
  assert.deepEqual([5, 99, 100, 3599, 7260].map(showSeconds), ['5 s', '99 s', '2 min', '60 min', '2 h 1 min']);
});
