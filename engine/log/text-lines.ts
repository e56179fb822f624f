/** Small text files as Kafka writes them: ASCII or UTF-8 lines, each ended by a line feed. */
export function encodeText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x80) bytes[at++] = code;
    else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = 0x80 | (code & 0x3f);
    } else if (code < 0x10000) {
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[at++] = 0x80 | (code & 0x3f);
    } else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[at++] = 0x80 | (code & 0x3f);
    }
  }
  return bytes.subarray(0, at);
}

/** The file's lines without their ends; null when a byte is not printable ASCII, which none of these files needs. */
export function splitAsciiLines(bytes: Uint8Array): string[] | null {
  const lines: string[] = [];
  let line = '';
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === 0x0a) {
      lines.push(line);
      line = '';
    } else if (byte === 0x0d && bytes[i + 1] === 0x0a) {
    } else if (byte >= 0x20 && byte < 0x7f) line += String.fromCharCode(byte);
    else return null;
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** A decimal integer between the bounds, written as Kafka writes one; null otherwise. */
export function parseInteger(text: string, min: number, max: number): number | null {
  const length = text.length;
  const start = text.charCodeAt(0) === 0x2d ? 1 : 0;
  if (length === start || length > 20) return null;
  let value = 0;
  for (let i = start; i < length; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  // Not -value: that of "-0" is another number than 0.
  if (start === 1) value = 0 - value;
  return value >= min && value <= max ? value : null;
}
