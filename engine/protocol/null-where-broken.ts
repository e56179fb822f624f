import { ProtocolError } from './protocol-error.ts';

/** What `decode` answers; null where the bytes of another make no sense. */
export function nullWhereBroken<T>(decode: () => T): T | null {
  try {
    return decode();
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
