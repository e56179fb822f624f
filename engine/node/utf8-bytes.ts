import { encodeUtf8, utf8Bytes } from '../protocol/utf8.ts';

export function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Bytes(text));
  encodeUtf8(text, bytes, 0);
  return bytes;
}
