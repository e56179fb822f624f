/**
 * Java's .properties format: comments (`#`, `!`), `key=value`, `key: value` and `key value`, lines that go on after a
 * backslash, and the escapes `\t \n \r \f \uXXXX` (any other escaped character is itself).
 */

/** What a properties file may hold; a larger one is refused before it is read to the end. */
export const propertiesLimits = { characters: 4 * 1024 * 1024, entries: 10_000 } as const;

export class PropertiesError extends Error {
  override readonly name = 'PropertiesError';
}

/** The entries in the order of the file; a key that comes again replaces the earlier value. Throws PropertiesError. */
export function parseProperties(text: string): Map<string, string> {
  if (text.length > propertiesLimits.characters) {
    throw new PropertiesError(`more than ${propertiesLimits.characters} characters`);
  }
  const entries = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const [key, value] = splitEntry(line);
    entries.delete(key);
    entries.set(key, value);
    if (entries.size > propertiesLimits.entries)
      throw new PropertiesError(`more than ${propertiesLimits.entries} entries`);
  }
  return entries;
}

/**
 * Java reads the bytes of a properties stream as ISO-8859-1. Files are UTF-8 more often than that nowadays, so bytes
 * that are good UTF-8 are read as such.
 */
export function decodeProperties(bytes: Uint8Array): string {
  let latin = '';
  const isAscii = bytes.every((byte) => byte < 0x80);
  const utf8 = isAscii ? null : decodeUtf8(bytes);
  if (utf8 !== null) return utf8;
  for (let at = 0; at < bytes.length; at += 8192) latin += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return latin;
}

/** Null where the bytes are not well-formed UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | null {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at];
    const more = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : (first & 0xf0) === 0xe0 ? 2 : 3;
    if (more === 3 && (first & 0xf8) !== 0xf0) return null;
    let point = more === 0 ? first : first & (0x3f >> more);
    for (let i = 1; i <= more; i++) {
      const next = at + i < bytes.length ? bytes[at + i] : 0;
      if ((next & 0xc0) !== 0x80) return null;
      point = (point << 6) | (next & 0x3f);
    }
    if (more === 2 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) return null;
    if (more === 3 && (point < 0x10000 || point > 0x10ffff)) return null;
    text += String.fromCodePoint(point);
    at += more + 1;
  }
  return text;
}

/** Lines with their continuations joined, without comments, blank lines and leading blanks. */
function* logicalLines(text: string): Generator<string> {
  let joined = '';
  for (const line of text.split(/\r\n|\r|\n/)) {
    const stripped = line.replace(/^[ \t\f]+/, '');
    if (joined === '' && (stripped === '' || stripped[0] === '#' || stripped[0] === '!')) continue;
    joined += stripped;
    if (endsOpen(stripped)) {
      joined = joined.slice(0, -1);
    } else {
      yield joined;
      joined = '';
    }
  }
  if (joined !== '') yield joined;
}

/** Whether a line ends in a backslash that is not itself escaped. */
function endsOpen(line: string): boolean {
  let count = 0;
  while (count < line.length && line[line.length - 1 - count] === '\\') count++;
  return count % 2 === 1;
}

function splitEntry(line: string): [string, string] {
  let end = 0;
  while (end < line.length && !' \t\f=:'.includes(line[end])) end += line[end] === '\\' ? 2 : 1;
  end = Math.min(end, line.length);
  let start = end;
  while (start < line.length && ' \t\f'.includes(line[start])) start++;
  if (start < line.length && '=:'.includes(line[start])) start++;
  while (start < line.length && ' \t\f'.includes(line[start])) start++;
  return [unescapeJava(line.slice(0, end)), unescapeJava(line.slice(start))];
}

function unescapeJava(text: string): string {
  if (!text.includes('\\')) return text;
  let out = '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\') {
      out += text[at];
      continue;
    }
    at++;
    const escaped = text[at];
    if (escaped === 'u') {
      const digits = text.slice(at + 1, at + 5);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new PropertiesError('Malformed \\uxxxx encoding.');
      out += String.fromCharCode(Number.parseInt(digits, 16));
      at += 4;
    } else if (escaped !== undefined) {
      out += escapes[escaped] ?? escaped;
    }
  }
  return out;
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

/** Reads one `--override key=value` argument. Throws PropertiesError. */
export function parseOverride(argument: string): [string, string] {
  const at = argument.indexOf('=');
  if (at <= 0) throw new PropertiesError(`an override is key=value, not ${argument}`);
  return [argument.slice(0, at).trim(), argument.slice(at + 1)];
}
