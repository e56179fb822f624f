import { ProtocolError } from './protocol-error.ts';
import type { Writer } from './writer.ts';

interface AnswerEncoder<T> {
  encode(writer: Writer, message: T, version: number): void;
}

/** What is left of an error message that does not fit. */
const shortenedCharacters = 1000;

/**
 * Encodes an answer. Error messages quote what the client sent, which may be as long as a string can be; where that does
 * not fit they are shortened. Throws ProtocolError when something else is too long, as a name whose broken UTF-8 grew
 * when it was read.
 */
export function encodeAnswer<T>(codec: AnswerEncoder<T>, writer: Writer, answer: T, version: number): void {
  try {
    codec.encode(writer, answer, version);
  } catch (error) {
    if (!isTooLong(error)) throw error;
    writer.reset();
    codec.encode(writer, withShortMessages(answer) as T, version);
  }
}

/** What the client sent was too long to be told back, and nothing is wrong with us. */
export function isTooLong(error: unknown): error is ProtocolError {
  return error instanceof ProtocolError && error.reason === 'bad-length';
}

function withShortMessages(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withShortMessages);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shortened(name, field)]));
}

function shortened(name: string, field: unknown): unknown {
  if (name !== 'errorMessage' || typeof field !== 'string') return withShortMessages(field);
  return field.length > shortenedCharacters ? `${field.slice(0, shortenedCharacters)}...` : field;
}
