import type { Uuid } from '../base/brands.ts';
import type { Random } from '../base/random.ts';
import { ProtocolError } from './protocol-error.ts';

/** Uuids that mean something to Kafka and are never handed out (KIP-516, KIP-595, KIP-858). */
const reservedUuid = {
  /** None. */
  zero: 'AAAAAAAAAAAAAAAAAAAAAA',
  /** The metadata log's topic id. */
  one: 'AAAAAAAAAAAAAAAAAAAAAQ',
} as const satisfies Record<string, Uuid>;

/** The topic id of `__cluster_metadata`. */
export const metadataTopicId: Uuid = reservedUuid.one;

/** Directory ids with a meaning of their own (KIP-858). The ids 0 to 99 are reserved: see `isReservedDirectoryId`. */
export const directoryId = {
  migrating: 'AAAAAAAAAAAAAAAAAAAAAA',
  unassigned: 'AAAAAAAAAAAAAAAAAAAAAQ',
  lost: 'AAAAAAAAAAAAAAAAAAAAAg',
} as const satisfies Record<string, Uuid>;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const letters = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));
const sextets = new Int8Array(128).fill(-1);
for (let i = 0; i < letters.length; i++) sextets[letters[i]!] = i;

const uuidCharacters = 22;
const scratch = new Uint8Array(uuidCharacters);
const idBytes = new Uint8Array(16);

/** The 22 characters of the 16 bytes at `at`, which must exist. */
export function uuidFromBytes(bytes: Uint8Array, at: number): Uuid {
  let out = 0;
  for (let i = at; i < at + 15; i += 3) {
    const group = (bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!;
    scratch[out++] = letters[group >> 18]!;
    scratch[out++] = letters[(group >> 12) & 63]!;
    scratch[out++] = letters[(group >> 6) & 63]!;
    scratch[out++] = letters[group & 63]!;
  }
  const last = bytes[at + 15]!;
  scratch[out++] = letters[last >> 2]!;
  scratch[out] = letters[(last & 3) << 4]!;
  return String.fromCharCode.apply(null, scratch as unknown as number[]);
}

/** Writes the 16 bytes of `uuid` at `at`. Throws ProtocolError (`out-of-range`) for text that is no uuid. */
export function uuidToBytes(uuid: Uuid, into: Uint8Array, at: number): void {
  if (!isUuid(uuid)) throw new ProtocolError('out-of-range', `not a uuid: ${JSON.stringify(uuid.slice(0, 64))}`);
  let group = 0;
  let bits = 0;
  let out = at;
  for (let i = 0; i < uuidCharacters; i++) {
    group = ((group << 6) | sextets[uuid.charCodeAt(i)]!) & 0xffffff;
    bits += 6;
    if (bits >= 8 && out < at + 16) {
      bits -= 8;
      into[out++] = (group >> bits) & 0xff;
    }
  }
}

/** The 32 hexadecimal digits of `uuid`. Throws ProtocolError (`out-of-range`) for text that is no uuid. */
export function uuidHex(uuid: Uuid): string {
  const bytes = new Uint8Array(16);
  uuidToBytes(uuid, bytes, 0);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether `text` is 22 characters of unpadded base64url (its last four bits are not looked at, as Kafka does not). */
export function isUuid(text: string): boolean {
  if (text.length !== uuidCharacters) return false;
  for (let i = 0; i < uuidCharacters; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || sextets[code]! < 0) return false;
  }
  return true;
}

/** A version 4 uuid that is not reserved and whose text, like Kafka's, does not begin with a dash (it would look like an option). */
export function randomUuid(random: Random): Uuid {
  const bytes = new Uint8Array(16);
  for (;;) {
    random.fill(bytes);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const uuid = uuidFromBytes(bytes, 0);
    if (!uuid.startsWith('-')) return uuid;
  }
}

/** Whether `id` is one of the hundred ids that never name a real directory. */
export function isReservedDirectoryId(id: Uuid): boolean {
  uuidToBytes(id, idBytes, 0);
  for (let i = 0; i < 15; i++) if (idBytes[i] !== 0) return false;
  return idBytes[15]! < 100;
}

/** A random uuid that may name a directory. */
export function randomDirectoryId(random: Random): Uuid {
  for (;;) {
    const id = randomUuid(random);
    if (!isReservedDirectoryId(id)) return id;
  }
}
