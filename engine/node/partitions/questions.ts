import type { ThreadIndex } from '../../base/brands.ts';
import type { Mesh } from '../mesh.ts';
import type { AnswerMessage, AskMessage, CancelMessage } from '../messages.ts';

/**
 * Answers a question that another thread (or this one) asks; may do so later. What it returns gives the question up: it
 * may be called until there is an answer, and then there need be none.
 */
export type Answerer = (question: object, answer: (answer: unknown) => void) => (() => void) | undefined;

/** Gives a question up: nobody waits for the answer any longer. */
export interface Asked {
  cancel(): void;
}

/** Questions between threads: rare ones, each a control message with an answer. */
export class Questions {
  private readonly mesh: Mesh;
  private readonly answerer: Answerer;
  private readonly waiting = new Map<number, { thread: ThreadIndex; answered: (answer: unknown) => void }>();
  /** Questions of other threads that can be given up, by thread and number. */
  private readonly open = new Map<ThreadIndex, Map<number, () => void>>();
  private nextId = 1;

  constructor(mesh: Mesh, answerer: Answerer) {
    this.mesh = mesh;
    this.answerer = answerer;
  }

  /** `answered` gets undefined when the thread died before it could answer, or question or answer are too large. */
  ask(thread: ThreadIndex, question: object, answered: (answer: unknown) => void): Asked {
    if (thread === this.mesh.self) return this.askHere(question, answered);
    const id = this.nextId;
    this.nextId += 1;
    this.waiting.set(id, { thread, answered });
    const sent = this.mesh.sendControl(thread, { type: 'ask', id, question } satisfies AskMessage);
    if (!sent) {
      this.waiting.delete(id);
      answered(undefined);
    }
    return {
      cancel: () => {
        if (!this.waiting.delete(id)) return;
        this.mesh.sendControl(thread, { type: 'cancel', id } satisfies CancelMessage);
      },
    };
  }

  asked(thread: ThreadIndex, { id, question }: AskMessage): void {
    const asker = this.mesh.link(thread);
    let isAnswered = false;
    const cancel = this.answerer(question, (answer) => {
      isAnswered = true;
      // Its successor's questions bear the same numbers.
      if (asker.isDead) return;
      this.open.get(thread)?.delete(id);
      const sent = this.mesh.sendControl(thread, { type: 'answer', id, answer } satisfies AnswerMessage);
      if (!sent) this.mesh.sendControl(thread, { type: 'answer', id, answer: undefined } satisfies AnswerMessage);
    });
    if (cancel === undefined || isAnswered) return;
    const open = this.open.get(thread) ?? new Map<number, () => void>();
    this.open.set(thread, open);
    open.set(id, cancel);
  }

  answered({ id, answer }: AnswerMessage): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.answered(answer);
  }

  cancelled(thread: ThreadIndex, { id }: CancelMessage): void {
    const open = this.open.get(thread);
    const cancel = open?.get(id);
    open?.delete(id);
    cancel?.();
  }

  failPeer(thread: ThreadIndex): void {
    const open = this.open.get(thread);
    this.open.delete(thread);
    for (const cancel of open?.values() ?? []) cancel();
    for (const [id, waiting] of this.waiting) {
      if (waiting.thread !== thread) continue;
      this.waiting.delete(id);
      waiting.answered(undefined);
    }
  }

  private askHere(question: object, answered: (answer: unknown) => void): Asked {
    let isOver = false;
    const cancel = this.answerer(question, (answer) => {
      if (isOver) return;
      isOver = true;
      answered(answer);
    });
    return {
      cancel: () => {
        if (isOver) return;
        isOver = true;
        cancel?.();
      },
    };
  }
}
