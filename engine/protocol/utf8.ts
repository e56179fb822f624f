/**
 * UTF-8 without TextDecoder: that one refuses views of shared memory, and a call of it costs more than most of the
 * protocol's strings. Malformed bytes become U+FFFD and lone surrogates are written as '?', both as Java's
 * charset does it, so that a name means the same on either side.
 */
const replacement = 0xfffd;
/** Arguments of one String.fromCharCode call: far below any engine's limit. */
const unitsACall = 4096;
/** Up to here putting letters together one by one is faster than a call with all of them. */
const shortBytes = 12;

export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= shortBytes) {
    let text = '';
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!;
      if (byte >= 0x80) return decodeAny(bytes, start, end);
      text += String.fromCharCode(byte);
    }
    return text;
  }
  for (let i = start; i < end; i++) if (bytes[i]! >= 0x80) return decodeAny(bytes, start, end);
  return fromUnits(bytes, start, end);
}

function fromUnits(units: ArrayLike<number>, start: number, end: number): string {
  let text = '';
  for (let from = start; from < end; from += unitsACall) {
    const slice = (units as Uint8Array | Uint16Array).subarray(from, Math.min(end, from + unitsACall));
    text += String.fromCharCode.apply(null, slice as unknown as number[]);
  }
  return text;
}

function decodeAny(bytes: Uint8Array, start: number, end: number): string {
  const units = new Uint16Array(end - start);
  let length = 0;
  for (let i = start; i < end; ) {
    const lead = bytes[i]!;
    if (lead < 0x80) {
      units[length++] = lead;
      i++;
      continue;
    }
    const taken = sequenceBytes(bytes, i, end);
    if (taken > 0) {
      const code = codePoint(bytes, i, taken);
      if (code >= 0x10000) {
        units[length++] = 0xd800 + ((code - 0x10000) >> 10);
        units[length++] = 0xdc00 + (code & 0x3ff);
      } else {
        units[length++] = code >= 0xd800 && code <= 0xdfff ? replacement : code;
      }
      i += taken;
    } else {
      units[length++] = replacement;
      i -= taken;
    }
  }
  return fromUnits(units, 0, length);
}

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  const lead = bytes[at]!;
  if (length === 2) return ((lead & 0x1f) << 6) | (bytes[at + 1]! & 0x3f);
  if (length === 3) return ((lead & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
  return (
    ((lead & 0x07) << 18) | ((bytes[at + 1]! & 0x3f) << 12) | ((bytes[at + 2]! & 0x3f) << 6) | (bytes[at + 3]! & 0x3f)
  );
}

/** Length of the well-formed sequence at `at` (encoded surrogates count as one), or minus the malformed bytes to pass over. */
function sequenceBytes(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0xc2 || lead > 0xf4) return -1;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (at + 1 >= end || !secondByteFits(lead, bytes[at + 1]!)) return -1;
  for (let i = 2; i < length; i++) {
    if (at + i >= end || (bytes[at + i]! & 0xc0) !== 0x80) return -i;
  }
  return length;
}

function secondByteFits(lead: number, byte: number): boolean {
  if ((byte & 0xc0) !== 0x80) return false;
  if (lead === 0xe0) return byte >= 0xa0;
  if (lead === 0xf0) return byte >= 0x90;
  if (lead === 0xf4) return byte < 0x90;
  return true;
}

export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes++;
    else if (unit < 0xd800 || unit > 0xdfff) bytes += 2;
    else if (isPair(text, i)) {
      bytes += 2;
      i++;
    }
  }
  return bytes;
}

/** Writes `text` at `at`, where there must be room for `utf8Bytes(text)`; answers the position behind it. */
export function encodeUtf8(text: string, into: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      into[at++] = code;
    } else if (code < 0x800) {
      into[at++] = 0xc0 | (code >> 6);
      into[at++] = 0x80 | (code & 0x3f);
    } else if (code < 0xd800 || code > 0xdfff) {
      into[at++] = 0xe0 | (code >> 12);
      into[at++] = 0x80 | ((code >> 6) & 0x3f);
      into[at++] = 0x80 | (code & 0x3f);
    } else if (isPair(text, i)) {
      code = 0x10000 + ((code - 0xd800) << 10) + (text.charCodeAt(++i) - 0xdc00);
      into[at++] = 0xf0 | (code >> 18);
      into[at++] = 0x80 | ((code >> 12) & 0x3f);
      into[at++] = 0x80 | ((code >> 6) & 0x3f);
      into[at++] = 0x80 | (code & 0x3f);
    } else {
      into[at++] = 0x3f;
    }
  }
  return at;
}

function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at);
  const low = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff;
}
