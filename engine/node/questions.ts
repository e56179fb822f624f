import type { ThreadIndex } from '../base/brands.ts';
import type { Mesh } from './mesh.ts';
import type { AnswerMessage, AskMessage } from './messages.ts';

/** Answers a question that another thread (or this one) asks; may do so later. */
export type Answerer = (question: object, answer: (answer: unknown) => void) => void;

/** Questions between threads: rare ones, each a control message with an answer. */
export class Questions {
  private readonly mesh: Mesh;
  private readonly answerer: Answerer;
  private readonly waiting = new Map<number, { thread: ThreadIndex; answered: (answer: unknown) => void }>();
  private nextId = 1;

  constructor(mesh: Mesh, answerer: Answerer) {
    this.mesh = mesh;
    this.answerer = answerer;
  }

  /** `answered` gets undefined when the thread died before it could answer, or question or answer are too large. */
  ask(thread: ThreadIndex, question: object, answered: (answer: unknown) => void): void {
    if (thread === this.mesh.self) {
      this.answerer(question, answered);
      return;
    }
    const id = this.nextId;
    this.nextId += 1;
    this.waiting.set(id, { thread, answered });
    const sent = this.mesh.sendControl(thread, { type: 'ask', id, question } satisfies AskMessage);
    if (!sent) {
      this.waiting.delete(id);
      answered(undefined);
    }
  }

  asked(thread: ThreadIndex, { id, question }: AskMessage): void {
    const asker = this.mesh.link(thread);
    this.answerer(question, (answer) => {
      // Its successor's questions bear the same numbers.
      if (asker.isDead) return;
      const sent = this.mesh.sendControl(thread, { type: 'answer', id, answer } satisfies AnswerMessage);
      if (!sent) this.mesh.sendControl(thread, { type: 'answer', id, answer: undefined } satisfies AnswerMessage);
    });
  }

  answered({ id, answer }: AnswerMessage): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.answered(answer);
  }

  failPeer(thread: ThreadIndex): void {
    for (const [id, waiting] of this.waiting) {
      if (waiting.thread !== thread) continue;
      this.waiting.delete(id);
      waiting.answered(undefined);
    }
  }
}
