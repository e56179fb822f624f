import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mesh } from '#engine/node/mesh.ts';
import { type Answerer, Questions } from '#engine/node/partitions/questions.ts';

interface Sent {
  readonly thread: number;
  readonly message: { readonly type: string; readonly id: number; readonly answer?: unknown };
}

/** One thread's end, with what it sends; `fits` false: every message is too large. */
function thread(answerer: Answerer, fits = true) {
  const sent: Sent[] = [];
  const links = new Map([1, 2].map((number) => [number, { isDead: false }]));
  const mesh = {
    self: 0,
    link: (number: number) => links.get(number),
    sendControl: (number: number, message: Sent['message']) => {
      if (fits) sent.push({ thread: number, message });
      return fits;
    },
  };
  return { questions: new Questions(mesh as unknown as Mesh, answerer), sent, links };
}

test('a question that is given up is told so, and its answer goes nowhere', () => {
  const { questions, sent } = thread(() => undefined);
  const answers: unknown[] = [];
  const asked = questions.ask(1, { kind: 'x' }, (answer) => answers.push(answer));
  asked.cancel();
  asked.cancel();
  assert.deepEqual(
    sent.map(({ message }) => [message.type, message.id]),
    [
      ['ask', 1],
      ['cancel', 1],
    ],
  );
  questions.answered({ type: 'answer', id: 1, answer: 'late' });
  assert.deepEqual(answers, []);
});

test('whoever answers lets go of what is given up, and of all that a thread had asked that died', () => {
  const cancelled: string[] = [];
  const open = new Map<string, (answer: unknown) => void>();
  const { questions, sent } = thread((question, answer) => {
    const { name } = question as { name: string };
    open.set(name, answer);
    return () => cancelled.push(name);
  });
  for (const [id, name] of ['a', 'b', 'c'].entries()) questions.asked(1, { type: 'ask', id, question: { name } });
  questions.asked(2, { type: 'ask', id: 0, question: { name: 'd' } });
  open.get('a')!('done');
  questions.cancelled(1, { type: 'cancel', id: 0 });
  assert.deepEqual(cancelled, [], 'answered before');
  questions.cancelled(1, { type: 'cancel', id: 1 });
  assert.deepEqual(cancelled, ['b']);
  questions.failPeer(1);
  assert.deepEqual(cancelled, ['b', 'c']);
  open.get('d')!('also done');
  assert.deepEqual(
    sent.map(({ thread: to, message }) => [to, message.answer]),
    [
      [1, 'done'],
      [2, 'also done'],
    ],
  );
});

test('an answer to a thread that died meanwhile is not sent to its successor', () => {
  let answer: (answer: unknown) => void = () => {};
  const { questions, sent, links } = thread((_question, given) => {
    answer = given;
    return undefined;
  });
  questions.asked(1, { type: 'ask', id: 7, question: {} });
  links.get(1)!.isDead = true;
  answer('late');
  assert.deepEqual(sent, []);
});

test('a question to this thread is answered here, once, and not after it was given up', () => {
  let answer: (answer: unknown) => void = () => {};
  let cancels = 0;
  const { questions } = thread((_question, given) => {
    answer = given;
    return () => {
      cancels += 1;
    };
  });
  const answers: unknown[] = [];
  const first = questions.ask(0, {}, (given) => answers.push(given));
  answer(1);
  first.cancel();
  const second = questions.ask(0, {}, (given) => answers.push(given));
  second.cancel();
  answer(2);
  assert.deepEqual([answers, cancels], [[1], 1]);
});

test('a question that is too large is answered with nothing', () => {
  const { questions } = thread(() => undefined, false);
  const answers: unknown[] = [];
  questions.ask(1, {}, (answer) => answers.push(answer)).cancel();
  assert.deepEqual(answers, [undefined]);
});
